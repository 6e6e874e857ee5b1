using Groeilijn.Office;
using Groeilijn.School;

namespace Groeilijn.Cli.Demo;

/// <summary>A parent objects after everything was sent, linked and published: what the school does, what the office does, and what the school hears.</summary>
sealed class DemoObjection(OfficeHome office, SchoolHome school)
{
    /// <summary>The places that answered, and how many of them had held the pupil.</summary>
    public (int Places, int Removed) Answered { get; private set; }

    /// <summary>What the school was told, in words.</summary>
    public AnswerMeaning? Told { get; private set; }

    /// <summary>The first pupil of the school's last delivery; the message goes, a day passes, the answer comes.</summary>
    public string Run(Action nextDay)
    {
        var last = Sent.All(school)[^1];
        var before = Messages();
        var number = DeliveredNumbers.In(Sent.Payload(school, last.Edition, last.Sequence)!).First();
        if (!Objections.Record(school, number).Ok) throw new InvalidOperationException("The objection was refused.");
        var received = Office.Withdrawals.ReceiveFile(office, Messages().Except(before).Single());
        nextDay();
        if (!received.Ok || !Office.Withdrawals.Process(office).Ok) throw new InvalidOperationException("The withdrawal was refused.");
        var places = Office.Withdrawals.Find(office, received.Value.About)!.Places;
        Answered = (places.Count, places.Count(place => place.Outcome == "removed"));
        Hear(received.Value.About);
        return $"a parent objects after sending: {Answered.Places} places answered, {Answered.Removed} held the child and hold it no more; the school is told";
    }

    /// <summary>The stop of the tour.</summary>
    public TourStop Stop() => new TourStop(new("Bezwaar na het versturen", "An objection after sending"),
        new("u kunt altijd bezwaar maken.", "you can object at any time."),
        new("Ook na het versturen wint een bezwaar. De school stuurt een verzegeld bericht; het CBS verwijdert het kind uit het cohort en uit elk onderzoeksbestand, en houdt tegen wat nog ligt te wachten. De school krijgt een ondertekend antwoord, voor elk kind hetzelfde.", "An objection wins after sending too. The school sends a sealed message; the office removes the child from the cohort and from every research file, and stops what still waits. The school gets a signed answer, the same for every child."),
        new($"Het antwoord aan de school: “{Told!.Dutch}” Van het kind blijft alleen een gezouten merkteken; een test zoekt in elk bestand van het CBS.", $"The answer to the school: “{Told.English}” Of the child only a salted mark remains; a test searches every file of the office."))
        .Count("Plaatsen die antwoordden", "Places that answered", Answered.Places).Count("Daarvan met gegevens van dit kind", "Of them with data of this child", Answered.Removed);

    void Hear(string about)
    {
        var folder = office.At("answers");
        Office.Answers.Write(office, folder);
        foreach (var file in Directory.EnumerateFiles(folder, $"{school.Profile.Location.Code}-{about[..16]}-*.answer.json").Order(StringComparer.Ordinal))
            if (School.Answers.Keep(school, file) is { Value: { } kept }) Told = AnswerWords.Of(kept.Answer.Kind, School.Answers.About(school, about)[^1].Outcome);
    }

    string[] Messages() => Directory.GetFiles(school.OutboxFolder, "*-withdrawal-*.age");
}
