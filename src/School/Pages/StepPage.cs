using Groeilijn.Sites;
using Groeilijn.Sites.Parts;

namespace Groeilijn.School.Pages;

/// <summary>What the pages about parents and the preview share: the home, the steps above the page, and a refusal said in the words of a page.</summary>
public abstract class StepPage(SchoolHome home) : SitePage
{
    /// <summary>What to do, for a page: the room's own hints may name a command.</summary>
    static readonly Dictionary<Refusal, Spoken> s_hints = new()
    {
        [Refusals.NoImport] = new("Lees eerst de export in.", "Import the export first."),
        [Refusals.PeriodTooShort] = new("Kies een latere dag.", "Choose a later day."),
        [Refusals.SentInFuture] = new("Leg het vast op de dag dat u de brief verstuurt.", "Record it on the day you send the letter."),
        [Refusals.NoSuchPupil] = new("Zoek de leerling opnieuw.", "Search for the pupil again."),
        [Refusals.NoObjection] = new("Kijk of u de goede leerling hebt.", "Check that this is the right pupil."),
        [Refusals.NobodyGoesAlong] = new("Hieronder staat waarom, en wat u kunt doen.", "Below stands why, and what you can do."),
        [Refusals.Blocked] = new("Los dit eerst op.", "Solve this first."),
    };

    /// <summary>The school's home.</summary>
    protected SchoolHome Home => home;

    /// <summary>The steps above the page.</summary>
    public IReadOnlyList<Step> Steps => SchoolSteps.Of(home, Speech);

    /// <summary>Today.</summary>
    public DateOnly Today => home.Today;

    /// <summary>Whether there is anybody to do something for.</summary>
    public bool Imported => home.Store.ReadOne<long>("SELECT count(*) FROM pupil WHERE gone = 0") > 0;

    /// <summary>What to do about a refusal.</summary>
    protected static Spoken Hint(Refusal no) => s_hints.TryGetValue(no, out var hint) ? hint : new(no.HintDutch, no.HintEnglish);

    /// <summary>Marks a field, or with no name the whole form, as refused.</summary>
    protected void Refused(Refusal no, string field = "") => Wrong(field, $"{no.Dutch} {Hint(no).Dutch}", $"{no.English} {Hint(no).English}");

    /// <summary>What to do about a rule.</summary>
    internal string Remedy(Rule rule) => RuleWords.Remedy(rule, Language);

    /// <summary>The page where it is put right; null where that is not in this program.</summary>
    internal (string Text, string Address)? PlaceOf(Rule rule) => RuleWords.Link(rule) is var (text, address) ? (text.In(Language), Speech.To(address)) : null;

    /// <summary>A number of pupils in words.</summary>
    public string Pupils(long count) => count == 1 ? Say("1 leerling", "1 pupil") : Say($"{Speech.Number(count)} leerlingen", $"{Speech.Number(count)} pupils");
}
