using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Groeilijn.Delivery;

namespace Groeilijn.Research;

/// <summary>What left a project, remembered before it leaves: to remember something that then did not leave harms nobody.</summary>
sealed class OutputMemory(ResearchHome home, string project)
{
    /// <summary>Every output of the project, in order.</summary>
    public IReadOnlyList<EarlierOutput> All => [.. home.Database
        .Read<(string Name, string Request, string Published)>("SELECT name, request, published FROM outputs WHERE project = @project ORDER BY number", new { project })
        .Select(o => new EarlierOutput(o.Name, JsonSerializer.Deserialize<AggregateRequest>(o.Request)!, JsonSerializer.Deserialize<List<List<string>>>(o.Published)!))];

    /// <summary>Keeps an output; the same again is kept once.</summary>
    public void Keep(EarlierOutput output) => home.Database.Write(t =>
    {
        var request = Text(output.Request);
        var kept = t.Execute(
            "INSERT INTO outputs (project, name, request, published) VALUES (@project, @Id, @request, @published) ON CONFLICT DO NOTHING",
            new { project, output.Id, request, published = JsonSerializer.Serialize(output.Published) });
        if (kept == 1) t.Enter(Entry(output.Id, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)))));
    });

    byte[] Entry(string output, string request) =>
        new LedgerEntry { Time = home.Clock.GetUtcNow(), Room = "research", Step = "remembered", Facts = [("output", output), ("project", project), ("request", request)] }.ToJson();

    /// <summary>A request as it is kept; equal requests are equal texts.</summary>
    public static string Text(AggregateRequest request) => JsonSerializer.Serialize(request);
}
