using System.Globalization;

namespace Groeilijn.Office;

/// <summary>
/// Brings a snapshot up to date with the register's files. A person is known by the register's own key; where the register gave somebody another key, by a number that only that person
/// ever had, when birth date or sex agree. Numbers and addresses of before stay, so that an older delivery still finds its pupil; sex and birth date are those of the files.
/// A number that two people have is refused with its line: somebody must look, for one of them would get the other's results.
/// </summary>
sealed class RegisterUpdate
{
    readonly Dictionary<string, RegisterPerson> _byKey;
    readonly Dictionary<string, string> _keyOfNumber;
    readonly HashSet<Rin> _taken;
    readonly HashSet<string> _filed = new(StringComparer.Ordinal);
    readonly List<FiledPerson> _newKeys = [];

    public RegisterUpdate(List<RegisterPerson> known)
    {
        _byKey = known.ToDictionary(person => person.Key, StringComparer.Ordinal);
        _taken = known.Select(person => person.Rin).ToHashSet();
        _keyOfNumber = new(StringComparer.Ordinal);
        foreach (var person in known)
            foreach (var number in person.Numbers) _keyOfNumber[number.Value] = person.Key;
    }

    /// <summary>Everybody, in order of key. Complete after <see cref="End"/>.</summary>
    public List<RegisterPerson> Persons => [.. _byKey.Values.OrderBy(person => person.Key, StringComparer.Ordinal)];

    /// <summary>Who is new.</summary>
    public int Added { get; private set; }

    /// <summary>Of whom something changed.</summary>
    public int Changed { get; private set; }

    /// <summary>Takes a person of the files. Those with a key that is not known wait until all others are in: their number may have been somebody's of an earlier key.</summary>
    /// <exception cref="InvalidDataException">A rule is broken; the message has file, line and rule, never a value.</exception>
    public void Take(FiledPerson filed)
    {
        if (!_filed.Add(filed.Person.Key)) throw Broken("persons.csv", filed.Line, "a key stands in one row");
        if (_byKey.TryGetValue(filed.Person.Key, out var before)) Change(filed, before);
        else _newKeys.Add(filed);
    }

    /// <summary>Takes those with a new key: people who are new, and people who were known under another key.</summary>
    public void End()
    {
        foreach (var filed in _newKeys)
        {
            if (KnownByNumber(filed) is { } before)
            {
                _byKey.Remove(before.Key);
                foreach (var number in before.Numbers) _keyOfNumber[number.Value] = filed.Person.Key;
                Change(filed, before);
                continue;
            }
            Claim(filed);
            _byKey.Add(filed.Person.Key, filed.Person with { Rin = NewRin() });
            Added++;
        }
        _newKeys.Clear();
    }

    /// <summary>The one person who had one of these numbers under a key that the files do not have any more.</summary>
    RegisterPerson? KnownByNumber(FiledPerson filed)
    {
        var keys = filed.Person.Numbers.Select(number => _keyOfNumber.GetValueOrDefault(number.Value)).OfType<string>().Distinct().ToList();
        if (keys is not [var key] || _filed.Contains(key)) return null;
        var person = _byKey[key];
        return person.Born == filed.Person.Born || person.Sex == filed.Person.Sex ? person : null;
    }

    void Change(FiledPerson filed, RegisterPerson before)
    {
        Claim(filed);
        var now = filed.Person;
        List<RegisterNumber> numbers = [.. before.Numbers.Except(now.Numbers), .. now.Numbers];
        List<RegisterAddress> addresses = now.Addresses.Count == 0 ? [.. before.Addresses]
            : [.. before.Addresses.Where(address => string.CompareOrdinal(address.From, now.Addresses[0].From) < 0), .. now.Addresses];
        _byKey[now.Key] = now with { Rin = before.Rin, Numbers = numbers, Addresses = addresses };
        if ((before.Key, before.Sex, before.Born) != (now.Key, now.Sex, now.Born) || !before.Numbers.SequenceEqual(numbers) || !before.Addresses.SequenceEqual(addresses)) Changed++;
    }

    /// <summary>Nobody else has, or ever had, one of these numbers.</summary>
    void Claim(FiledPerson filed)
    {
        for (var i = 0; i < filed.Person.Numbers.Count; i++)
        {
            var number = filed.Person.Numbers[i].Value;
            if (_keyOfNumber.TryGetValue(number, out var key) && key != filed.Person.Key) throw Broken("numbers.csv", filed.NumberLines[i], "the number is, or was, another person's");
            _keyOfNumber[number] = filed.Person.Key;
        }
    }

    Rin NewRin()
    {
        Rin rin;
        do rin = Rin.Create(); while (!_taken.Add(rin));
        return rin;
    }

    static InvalidDataException Broken(string file, int line, string rule) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}: {rule}; have the register look at it and write its files again."));
}
