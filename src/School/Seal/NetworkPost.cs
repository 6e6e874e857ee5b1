using System.Net;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>
/// Fetches the office's receipts and answers over the network, from where the files were uploaded. The office lists nothing: this asks by the hash of each sealed
/// file for what may have been said of it, and keeps only what the office signed.
/// </summary>
public static class NetworkPost
{
    /// <summary>Keeps every receipt and answer for this school that is not known yet.</summary>
    /// <param name="home">The school's home.</param>
    /// <param name="address">The address of a round, as its notice gives it.</param>
    /// <param name="stop">Stops asking; what was kept stays.</param>
    public static async Task<Outcome<Fetched>> Fetch(SchoolHome home, Uri address, CancellationToken stop = default)
    {
        var (receipts, answers, refused) = (new List<ReceiptKept>(), new List<AnswerKept>(), new List<(string, Refusal)>());
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = PinnedOffice.LongestRecord };
        try
        {
            foreach (var delivery in Sent.All(home).Where(delivery => delivery.SentAt is not null && Answers.About(home, delivery.Ciphertext) is not [.., { Outcome: "destroyed" }]))
            {
                if (delivery.Receipt is null && await Ask(http, address, delivery.Ciphertext, "receipt", stop).ConfigureAwait(false) is { } receipt) Take(Receipts.Keep(home, receipt), "receipt", receipts, refused);
                await AskAnswers(home, http, address, delivery.Ciphertext, Answer.OutcomesOfDelivery, answers, refused, stop).ConfigureAwait(false);
            }
            foreach (var sha256 in home.Store.Read<string>("SELECT sha256 FROM withdrawal WHERE sent IS NOT NULL ORDER BY sealed, objection"))
                await AskAnswers(home, http, address, sha256, Answer.OutcomesOfWithdrawal, answers, refused, stop).ConfigureAwait(false);
        }
        catch (Exception broken) when (!stop.IsCancellationRequested && broken is HttpRequestException or IOException or OperationCanceledException)
        {
            return Refusals.LineBroken;
        }
        if (answers.Exists(a => a.Answer is { Kind: "withdrawal", Refused: true })) Withdrawals.Seal(home);
        return new Fetched(receipts, answers, refused);
    }

    static async Task AskAnswers(SchoolHome home, HttpClient http, Uri address, string about, IEnumerable<string> outcomes, List<AnswerKept> kept, List<(string, Refusal)> refused, CancellationToken stop)
    {
        var known = Answers.About(home, about).Select(answer => answer.Outcome).ToHashSet();
        foreach (var outcome in outcomes.Where(outcome => !known.Contains(outcome)))
            if (await Ask(http, address, about, outcome + ".answer", stop).ConfigureAwait(false) is { } given) Take(Answers.Keep(home, given), outcome, kept, refused);
    }

    /// <summary>A record with its signature; null when the office has none, or anything else than a short file comes.</summary>
    static async Task<SignedRecord?> Ask(HttpClient http, Uri address, string sha256, string what, CancellationToken stop)
    {
        var stem = $"{address.AbsoluteUri.TrimEnd('/')}/{sha256}/{what}";
        return await Get(http, stem + ".json", stop).ConfigureAwait(false) is { } record && await Get(http, stem + ".p7s", stop).ConfigureAwait(false) is { } signature ? new(record, signature) : null;
    }

    static async Task<byte[]?> Get(HttpClient http, string address, CancellationToken stop)
    {
        using var response = await http.GetAsync(new Uri(address), stop).ConfigureAwait(false);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false) : null;
    }

    static void Take<T>(Outcome<T> outcome, string what, List<T> kept, List<(string, Refusal)> refused) where T : class
    {
        if (outcome.Value is { } value) kept.Add(value);
        else refused.Add((what, outcome.Refusal!));
    }
}
