using System.Collections;
using System.Reflection;
using Groeilijn.Education;

namespace Groeilijn.Tests.Conventions;

/// <summary>
/// What every value of the vocabulary owes to everybody: a default refuses use, nothing can be changed, and what belongs
/// to a pupil never shows itself in a text. A new type joins one of the two lists below or the first test fails.
/// </summary>
public class VocabularyTests
{
    static readonly TestScale s_scale = TestScale.Parse(Subject.Maths, "lvs-3").Value;

    /// <summary>Types whose value belongs to a pupil, with a marked value and the pieces of text that may never show.</summary>
    static readonly (object Value, object Outcome, string[] Marks)[] s_secrets =
    [
        (Bsn.Parse("123456782").Value, Bsn.Parse("123456782"), ["123456782", "123", "782"]),
        (Onderwijsnummer.Parse("101222331").Value, Onderwijsnummer.Parse("101222331"), ["101222331", "222", "331"]),
        (PersonNumber.Parse("123456782").Value, PersonNumber.Parse("123456782"), ["123456782", "123", "782"]),
        (PostcodeNl.Parse("7654XQ").Value, PostcodeNl.Parse("7654XQ"), ["7654", "XQ", "76"]),
        (HouseNumber.Parse("8642 Q ZWJ").Value, HouseNumber.Parse("8642 Q ZWJ"), ["8642", "Q", "ZWJ"]),
        (EckId.Parse("https://ketenid.nl/pilot/" + new string('7', 128)).Value, EckId.Parse("https://ketenid.nl/pilot/" + new string('7', 128)), ["77", "ketenid"]),
        (BirthDate.Parse("2014-03-09").Value, BirthDate.Parse("2014-03-09"), ["2014", "03", "09"]),
        (AbilityScore.Parse(s_scale, "876,5").Value, AbilityScore.Parse(s_scale, "876,5"), ["876", "8765", "76,5", "76.5"]),
    ];

    /// <summary>Types that say nothing of one pupil and may be spoken: a school, a moment, a scale.</summary>
    static readonly object[] s_speakable =
    [
        SchoolYear.Parse("2022-2023").Value, YearGroup.Parse("5").Value, TestMoment.Parse("M5").Value, Edition.Parse("2023-1").Value,
        s_scale, SchoolLocation.Parse("99XX01").Value, Province.Parse("PV26").Value, Province.Parse("PV26").Value.Part,
    ];

    static IEnumerable<Type> ValueTypes =>
        typeof(Bsn).Assembly.GetExportedTypes().Where(t => t.IsValueType && !t.IsEnum && !t.IsGenericTypeDefinition);

    public static TheoryData<string> AllValues => [.. ValueTypes.Select(t => t.Name)];

    public static TheoryData<string> Secrets => [.. s_secrets.Select(s => s.Value.GetType().Name)];

    [Fact]
    public void Every_value_type_is_either_a_secret_or_speakable() =>
        Assert.Equal(ValueTypes.Select(t => t.Name).Order(), s_secrets.Select(s => s.Value).Concat(s_speakable).Select(v => v.GetType().Name).Order());

    [Theory]
    [MemberData(nameof(Secrets))]
    public void What_belongs_to_a_pupil_never_shows_in_a_text(string type)
    {
        var (value, outcome, marks) = s_secrets.Single(s => s.Value.GetType().Name == type);
        string[] texts = [value.ToString()!, $"{value}", string.Format(null, "{0}", value), outcome.ToString()!, Nullable(value)];
        Assert.All(texts, text => Assert.All(marks, mark => Assert.DoesNotContain(mark, text, StringComparison.OrdinalIgnoreCase)));
    }

    [Theory]
    [MemberData(nameof(AllValues))]
    public void A_refusal_never_repeats_what_was_refused(string type)
    {
        foreach (var parse in Of(type).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == "Parse"))
        {
            var outcome = parse.Invoke(null, [.. parse.GetParameters().Select(p => p.ParameterType == typeof(string) ? "~9q7mark" : Default(p.ParameterType))]);
            Assert.DoesNotContain("9q7", outcome!.ToString(), StringComparison.OrdinalIgnoreCase);
            var thrown = Assert.Throws<TargetInvocationException>(() => outcome.GetType().GetProperty("Value")!.GetValue(outcome));
            Assert.DoesNotContain("9q7", Assert.IsType<InvalidOperationException>(thrown.InnerException).Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(AllValues))]
    public void A_default_value_refuses_every_use_and_still_has_a_text(string type)
    {
        var nothing = Default(Of(type))!;
        var properties = Of(type).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        Assert.NotEmpty(properties);
        Assert.All(properties, property =>
            Assert.IsType<InvalidOperationException>(Assert.Throws<TargetInvocationException>(() => property.GetValue(nothing)).InnerException));
        Assert.NotEmpty(nothing.ToString()!);
        Assert.Equal(nothing, Default(Of(type)));
    }

    [Theory]
    [MemberData(nameof(AllValues))]
    public void A_default_value_has_no_place_in_an_order(string type)
    {
        if (!typeof(IComparable<>).MakeGenericType(Of(type)).IsAssignableFrom(Of(type))) return;
        var value = s_secrets.Select(s => s.Value).Concat(s_speakable).Single(v => v.GetType().Name == type);
        var list = Array.CreateInstance(Of(type), 2);
        list.SetValue(value, 0);
        Assert.Throws<InvalidOperationException>(() => Array.Sort(list, (IComparer?)null));
    }

    [Theory]
    [MemberData(nameof(AllValues))]
    public void No_value_can_be_changed_after_it_was_checked(string type)
    {
        Assert.All(Of(type).GetProperties(), property => Assert.Null(property.SetMethod));
        Assert.All(Of(type).GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance), field => Assert.True(field is { IsInitOnly: true, IsPublic: false }));
    }

    [Fact]
    public void An_outcome_of_nothing_counts_as_empty()
    {
        var outcome = default(Parsed<Bsn>);
        Assert.Equal((false, Fault.Empty, null), (outcome.Ok, outcome.Fault, outcome.OrNull));
        Assert.Equal(Fault.None, Bsn.Parse("123456782").Fault);
    }

    static Type Of(string name) => ValueTypes.Single(t => t.Name == name);

    static object? Default(Type type) => type.IsValueType ? Activator.CreateInstance(type) : null;

    static string Nullable(object value) => $"{(object?)value,40}";
}
