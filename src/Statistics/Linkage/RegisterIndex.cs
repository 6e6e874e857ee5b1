namespace Groeilijn.Statistics.Linkage;

/// <summary>
/// The register arranged for probing: by number, and by birth date, sex, postcode and house number. Sorted arrays, so that
/// the same register gives the same answers whatever order it is read in. Immutable; any thread may probe.
/// </summary>
public sealed class RegisterIndex
{
    readonly RegisteredPerson[] _persons;
    readonly long[] _numbers;
    readonly ulong[] _addressKeys;
    readonly Stay[] _stays;

    /// <summary>Indexes the persons; a person is known by its place in the array from here on.</summary>
    public RegisterIndex(RegisteredPerson[] persons)
    {
        ArgumentNullException.ThrowIfNull(persons);
        _persons = persons;
        _numbers = [.. Numbers(persons)];
        Array.Sort(_numbers);
        var stays = Stays(persons);
        _addressKeys = [.. stays.Select(s => s.Key)];
        _stays = [.. stays.Select(s => s.Stay)];
        Array.Sort(_addressKeys, _stays);
    }

    /// <summary>How many persons there are.</summary>
    public int Count => _persons.Length;

    internal ref readonly RegisteredPerson this[int person] => ref _persons[person];

    /// <summary>Everybody who has or had a number, each once.</summary>
    internal void ByNumber(int number, List<int> found)
    {
        var start = LowerBound(_numbers, (long)number << 32);
        for (var i = start; i < _numbers.Length && _numbers[i] >> 32 == number; i++) AddOnce(found, (int)(_numbers[i] & 0xFFFFFFFF));
    }

    /// <summary>Everybody of that birth date and sex who lives at that address on the day, or left it within a year for the present one.</summary>
    internal void ByAddress(in PupilKeys pupil, int day, List<int> found)
    {
        var key = Key(pupil.Born, pupil.Sex, pupil.Postcode, pupil.House);
        for (var i = LowerBound(_addressKeys, key); i < _addressKeys.Length && _addressKeys[i] == key; i++)
            if (_stays[i].Counts(day) && SuffixAgrees(_stays[i].Suffix, pupil.Suffix)) AddOnce(found, _stays[i].Person);
    }

    /// <summary>Equal, or one side does not tell: schools leave out what the register has, and the other way round.</summary>
    static bool SuffixAgrees(string a, string b) => a == b || a.Length == 0 || b.Length == 0;

    /// <summary>A time at one address.</summary>
    readonly record struct Stay(int Person, int From, int Until, int NextUntil, string Suffix)
    {
        const int Year = 366;

        public bool Counts(int day) => From <= day && (day < Until || (day < NextUntil && day - Until < Year));
    }

    static IEnumerable<long> Numbers(RegisteredPerson[] persons)
    {
        for (var person = 0; person < persons.Length; person++)
            foreach (var number in persons[person].Numbers) yield return ((long)number << 32) | (uint)person;
    }

    static List<(ulong Key, Stay Stay)> Stays(RegisteredPerson[] persons)
    {
        var stays = new List<(ulong, Stay)>(persons.Length * 2);
        for (var person = 0; person < persons.Length; person++)
        {
            ref readonly var who = ref persons[person];
            for (var i = 0; i < who.Addresses.Length; i++)
            {
                ref readonly var at = ref who.Addresses[i];
                if (at.Postcode == 0 || at.House == 0) continue;
                stays.Add((Key(who.Born, who.Sex, at.Postcode, at.House), new Stay(person, at.From, Start(who, i + 1), Start(who, i + 2), at.Suffix)));
            }
        }
        return stays;
    }

    static int Start(in RegisteredPerson who, int address) => address < who.Addresses.Length ? who.Addresses[address].From : int.MaxValue;

    /// <summary>All four fields in 64 bits, exactly: birth date 21, sex 3, postcode 23, house number 17.</summary>
    static ulong Key(int born, int sex, int postcode, int house) =>
        ((((ulong)(uint)(born - 19_000_000) << 3 | (uint)sex) << 23 | (uint)postcode) << 17) | (uint)house;

    static void AddOnce(List<int> found, int person)
    {
        if (!found.Contains(person)) found.Add(person);
    }

    static int LowerBound<T>(T[] sorted, T value) where T : IComparable<T>
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle].CompareTo(value) < 0) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
