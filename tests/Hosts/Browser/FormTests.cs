using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Groeilijn.Hosts.Browser;

/// <summary>What a form owes its sender: a token of its own, limits in words, nothing of a file on disk, nothing of a value in the log.</summary>
public sealed partial class FormTests
{
    /// <summary>Where the framework would spool; it reads this once, so that it is set before anything else runs.</summary>
    static readonly string s_spool = Directory.CreateTempSubdirectory("spool").FullName;

    [ModuleInitializer]
    internal static void WatchTheSpool() => Environment.SetEnvironmentVariable("ASPNETCORE_TEMP", s_spool);

    [Fact]
    public async Task A_large_upload_arrives_whole_and_no_file_is_ever_made()
    {
        await using var site = await GallerySite.Start();
        using var visitor = new HttpClient { BaseAddress = new Uri(site.Address) };
        using var spool = new Watch(s_spool);
        var before = Directory.GetFiles(Path.GetTempPath()).ToHashSet();
        var page = await Send(visitor, 9 << 20);
        Assert.Contains("bytes: 9437184.", page, StringComparison.Ordinal);
        Assert.Empty(await spool.Seen());
        Assert.DoesNotContain(Directory.GetFiles(Path.GetTempPath()).Except(before), f => Path.GetFileName(f).StartsWith("ASPNETCORE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_watch_does_see_the_framework_spool_where_it_may()
    {
        using var spool = new Watch(s_spool);
        await using (var buffered = new FileBufferingReadStream(new MemoryStream(new byte[200_000]), memoryThreshold: 1000))
        {
            await buffered.DrainAsync(CancellationToken.None);
        }
        Assert.Single(await spool.Seen());
    }

    [Fact]
    public async Task An_upload_beyond_the_limit_is_refused_in_words()
    {
        await using var site = await GallerySite.Start(o => o with { UploadLimit = 2 << 20 });
        using var visitor = new HttpClient { BaseAddress = new Uri(site.Address) };
        Assert.Contains("niet groter zijn dan 2 MB", await Send(visitor, 3 << 20), StringComparison.Ordinal);
        Assert.Contains("niet groter zijn dan 2 MB", await Send(visitor, 30 << 20), StringComparison.Ordinal); // more than a line holds by itself
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_and_does_nothing()
    {
        await using var site = await GallerySite.Start();
        using var visitor = new HttpClient { BaseAddress = new Uri(site.Address) };
        using var answer = await visitor.PostAsync("/nl/onderdelen?handler=Undo", new FormUrlEncodedContent([]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Dit formulier werkt niet meer", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("gewist", await visitor.GetStringAsync("/nl/onderdelen"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_another_visitor_does_not_count()
    {
        await using var site = await GallerySite.Start();
        using var one = new HttpClient { BaseAddress = new Uri(site.Address) };
        using var other = new HttpClient { BaseAddress = new Uri(site.Address) };
        var token = Token(await one.GetStringAsync("/nl/onderdelen"));
        await other.GetStringAsync("/nl/onderdelen");
        using var answer = await other.PostAsync("/nl/onderdelen?handler=Undo", Fields(token));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_fault_gives_a_number_and_neither_page_nor_log_has_its_words()
    {
        await using var site = await GallerySite.Start();
        using var visitor = new HttpClient { BaseAddress = new Uri(site.Address) };
        var token = Token(await visitor.GetStringAsync("/nl/onderdelen"));
        using var answer = await visitor.PostAsync("/nl/onderdelen?handler=Fault&name=Jansen", Fields(token));
        var page = await answer.Content.ReadAsStringAsync();
        var number = Regex.Match(page, @"\d{4}-\d{4}").Value;
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains(site.Log, line => line.Contains($"fault {number} System.InvalidOperationException at ", StringComparison.Ordinal));
        Assert.Contains(site.Log, line => line.EndsWith(" POST /{language:language}/onderdelen 500", StringComparison.Ordinal));
        Assert.All([.. site.Log, page], text => Assert.DoesNotMatch("900000119|Jansen", text));
        Assert.True(answer.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task A_day_that_cannot_be_read_is_said_in_the_language_of_the_page_without_the_value()
    {
        await using var site = await GallerySite.Start();
        using var visitor = new HttpClient { BaseAddress = new Uri(site.Address) };
        var token = Token(await visitor.GetStringAsync("/en/onderdelen"));
        using var answer = await visitor.PostAsync("/en/onderdelen", Fields(token, ("Until", "tomorrow")));
        var error = Regex.Match(await answer.Content.ReadAsStringAsync(), "id=\"Until-error\">(.*?)</div>").Value;
        Assert.Contains("This cannot be read.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("tomorrow", error, StringComparison.Ordinal);
    }

    static async Task<string> Send(HttpClient visitor, int bytes)
    {
        var token = Token(await visitor.GetStringAsync("/nl/onderdelen"));
        using var form = new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("L1"), "Key" }, { new StringContent("all"), "Reach" }, { new StringContent("true"), "Seen" } };
        using var file = new ByteArrayContent(new byte[bytes]);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/xml");
        form.Add(file, "Files", "edexml.xml");
        using var answer = await visitor.PostAsync("/nl/onderdelen", form);
        return await answer.Content.ReadAsStringAsync();
    }

    static FormUrlEncodedContent Fields(string token, params (string Name, string Value)[] fields) =>
        new(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));

    static string Token(string page) => TokenField().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    /// <summary>Which files appear in a folder, however short.</summary>
    sealed class Watch : IDisposable
    {
        readonly FileSystemWatcher _watcher;
        readonly ConcurrentQueue<string> _seen = [];
        readonly string _last;

        internal Watch(string folder)
        {
            _last = Path.Combine(folder, "last");
            _watcher = new FileSystemWatcher(folder) { EnableRaisingEvents = true };
            _watcher.Created += (_, made) => _seen.Enqueue(made.Name!);
        }

        /// <summary>Makes a file itself and waits until that is seen: then all before it was.</summary>
        internal async Task<List<string>> Seen()
        {
            await File.WriteAllTextAsync(_last, "");
            while (!_seen.Contains("last")) await Task.Delay(20);
            File.Delete(_last);
            return [.. _seen.Where(name => name != "last")];
        }

        public void Dispose() => _watcher.Dispose();
    }
}
