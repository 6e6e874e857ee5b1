using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Groeilijn.Delivery;
using Groeilijn.Education;
using Groeilijn.Office;
using Groeilijn.Sites;
using Microsoft.AspNetCore.Builder;

namespace Groeilijn.Tests.Office;

/// <summary>The intake on a real server: the upload protocol as it is written, and what it never stores or says.</summary>
public sealed class IntakeTusTests : IAsyncLifetime
{
    const string Stem = "99AA00-2023-2-1";

    readonly SmallOffice _office = new();
    readonly SmallSchool _school;
    WebApplication _site = null!;
    HttpClient _http = null!;

    public IntakeTusTests()
    {
        _school = _office.School("99AA00");
        _office.Open();
    }

    public async ValueTask InitializeAsync() => await Start(new());

    async Task Start(UploadLimits limits)
    {
        _site = IntakeSite.Build(_office.Home, new IntakePlace { Limits = limits });
        await _site.StartAsync();
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(SiteHost.Address(_site)) };
        _http.DefaultRequestHeaders.Add("Tus-Resumable", "1.0.0");
    }

    async Task Restart(UploadLimits? limits = null)
    {
        _http.Dispose();
        await _site.DisposeAsync();
        _office.Reopen();
        await Start(limits ?? new());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _site.DisposeAsync();
        _office.Dispose();
    }

    // ---- a delivery ----

    [Fact]
    public async Task Three_files_become_a_delivery_with_a_receipt_and_an_answer_to_fetch()
    {
        var files = Sealed();
        await Deliver(files);
        Assert.Equal("received", State(files));
        var about = FileDigest.Of(files.Ciphertext).Sha256;
        var (receipt, signature) = (await _http.GetByteArrayAsync($"/tus/2023-2/{about}/receipt.json"), await _http.GetByteArrayAsync($"/tus/2023-2/{about}/receipt.p7s"));
        Assert.True(Signature.Check(receipt, signature, [_office.Home.Key.Certificate], _office.Clock.Now).Ok);
        var answer = await _http.GetByteArrayAsync($"/tus/2023-2/{about}/received.answer.json");
        Assert.True(Answer.TryRead(answer, out var read, out _) && read.About == about && read.Outcome == "received");
        Assert.Empty(Directory.GetFiles(_office.Home.At("uploads")));
    }

    [Theory]
    [InlineData("receipt.json")]
    [InlineData("linked.answer.json")]
    [InlineData("received.answer.exe")]
    [InlineData("")]
    public async Task Nothing_is_listed_and_what_is_not_there_is_not_found(string what)
    {
        await Deliver(Sealed());
        foreach (var sha256 in new[] { new string('0', 64), "", "receipt" })
            Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync($"/tus/2023-2/{sha256}/{what}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("/nl/")).StatusCode);
    }

    [Fact]
    public async Task The_whole_delivery_again_is_the_same_delivery_also_when_the_round_was_linked_by_then()
    {
        var files = Sealed();
        await Deliver(files);
        await Deliver(files);
        Assert.True(_office.Link().Ok);
        await Deliver(files);
        Assert.Equal(1, _office.Home.Database.ReadOne<long>("SELECT count(*) FROM deliveries"));
    }

    [Fact]
    public async Task A_corrected_delivery_replaces_and_the_school_is_told()
    {
        var first = Sealed();
        await Deliver(first);
        await Deliver(Sealed(2), "99AA00-2023-2-2");
        Assert.Equal("replaced", State(first));
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync($"/tus/2023-2/{FileDigest.Of(first.Ciphertext).Sha256}/replaced.answer.json")).StatusCode);
    }

    [Fact]
    public async Task The_last_piece_sent_again_is_harmless_and_the_offset_says_that_all_is_here()
    {
        var files = Sealed();
        await Deliver(files, after: async (address, content) =>
        {
            using var head = await Head(address);
            Assert.Equal((HttpStatusCode.OK, Text(content.Length)), (head.StatusCode, Header(head, "Upload-Offset")));
            using var again = await Patch(address, content[^10..], content.Length - 10);
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
            using var nothing = await Patch(address, [], content.Length);
            Assert.Equal((HttpStatusCode.NoContent, Text(content.Length)), (nothing.StatusCode, Header(nothing, "Upload-Offset")));
        });
        Assert.Equal(1, _office.Home.Database.ReadOne<long>("SELECT count(*) FROM deliveries"));
    }

    // ---- who is not known ----

    [Fact]
    public async Task No_byte_of_a_sealed_file_is_stored_before_a_known_school_signed_for_it()
    {
        var files = Sealed();
        using var early = await Create(Stem + ".age", files.Ciphertext.Length);
        Assert.Equal((HttpStatusCode.Forbidden, "refused-signature"), (early.StatusCode, await early.Content.ReadAsStringAsync()));
        await Send(Stem + ".manifest.p7s", files.Signature);
        await Send(Stem + ".manifest.json", files.Manifest);
        using var longer = await Create(Stem + ".age", files.Ciphertext.Length + 1);
        Assert.Equal((HttpStatusCode.Forbidden, "refused-unreadable"), (longer.StatusCode, await longer.Content.ReadAsStringAsync()));
        Assert.Empty(Directory.GetFiles(_office.Home.At("uploads")));
        Assert.Equal(HttpStatusCode.Created, (await Create(Stem + ".age", files.Ciphertext.Length)).StatusCode);
    }

    [Fact]
    public async Task A_stranger_and_an_enrolled_school_with_a_wrong_key_get_the_same_answer_and_are_only_counted()
    {
        using var key = SigningKey.Create("99ZZ00", _office.Clock.Now.AddDays(-1), _office.Clock.Now.AddDays(9));
        using var reports = IdentityKey.Generate();
        var stranger = _office.Sealed(new SmallSchool("99ZZ00", key, reports), [SmallOffice.Grown(Child.Of(1), 4, 10)]);
        await Send("99ZZ00-2023-2-1.manifest.p7s", stranger.Signature);
        Assert.Equal("refused-signature", await Refused("99ZZ00-2023-2-1.manifest.json", stranger.Manifest));
        var forged = _office.Sealed(_school, [], signer: key);
        await Send(Stem + ".manifest.p7s", forged.Signature);
        Assert.Equal("refused-signature", await Refused(Stem + ".manifest.json", forged.Manifest));
        Assert.Equal(2, IntakeRefusals.Strangers(_office.Home, new(2023, 7, 1)));
        Assert.Empty(IntakeRefusals.Of(_office.Home, "2023-2"));
        Assert.Equal(0, _office.Home.Database.ReadOne<long>("SELECT count(*) FROM answers"));
    }

    [Fact]
    public async Task A_stranger_s_signatures_under_a_school_s_name_do_not_keep_the_school_out()
    {
        using var key = SigningKey.Create("99AA00", _office.Clock.Now.AddDays(-1), _office.Clock.Now.AddDays(9));
        var files = Sealed();
        for (var i = 0; i < 5; i++) await Send(Stem + ".manifest.p7s", Signature.Sign(files.Manifest, key, _office.Clock.Now));
        await Send(Stem + ".manifest.p7s", [1, 2, 3]);
        await Deliver(files);
        Assert.Equal("received", State(files));
    }

    [Fact]
    public async Task A_closed_round_is_refused_before_the_sealed_file_and_the_school_gets_the_answer()
    {
        var files = Sealed();
        Assert.Null(RoundDays.Close(_office.Home, SmallOffice.E23));
        await Send(Stem + ".manifest.p7s", files.Signature);
        Assert.Equal("refused-round", await Refused(Stem + ".manifest.json", files.Manifest));
        Assert.Equal("round-closed", Assert.Single(IntakeRefusals.Of(_office.Home, "2023-2")).Code);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync($"/tus/2023-2/{FileDigest.Of(files.Ciphertext).Sha256}/refused-round.answer.p7s")).StatusCode);
        Assert.Null(RoundDays.OpenAgain(_office.Home, SmallOffice.E23));
        await Deliver(files);
        Assert.Equal("received", State(files));
    }

    [Fact]
    public async Task A_sealed_file_that_was_changed_on_its_way_is_refused_and_may_come_again()
    {
        var files = Sealed();
        byte[] changed = [.. files.Ciphertext];
        changed[^1] ^= 1;
        await Send(Stem + ".manifest.p7s", files.Signature);
        await Send(Stem + ".manifest.json", files.Manifest);
        Assert.Equal("refused-unreadable", await Refused(Stem + ".age", changed));
        Assert.False(Directory.Exists(_office.Home.At("intake")));
        await Send(Stem + ".age", files.Ciphertext);
        Assert.Equal("received", State(files));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("99AA00-2023-1-1.age")]
    [InlineData("99AA00-2023-2-1.zip")]
    [InlineData("99AA00-2023-2-1.age ")]
    [InlineData("")]
    public async Task A_name_that_is_none_of_a_delivery_of_this_round_is_refused(string name)
    {
        using var answer = await Create(name, 100);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Directory.GetFiles(_office.Home.At("uploads")));
    }

    [Fact]
    public async Task A_round_that_is_not_there_has_no_address() => Assert.Equal(HttpStatusCode.NotFound, (await Create(Stem + ".age", 100, "2031-1")).StatusCode);

    // ---- pieces ----

    [Fact]
    public async Task After_a_kill_the_file_says_how_much_there_is_and_the_rest_is_enough()
    {
        var files = Sealed();
        await Send(Stem + ".manifest.p7s", files.Signature);
        await Send(Stem + ".manifest.json", files.Manifest);
        using var created = await Create(Stem + ".age", files.Ciphertext.Length);
        var address = created.Headers.Location!.ToString();
        (await Patch(address, files.Ciphertext[..50], 0)).Dispose();
        await Restart();
        using var head = await Head(address);
        Assert.Equal("50", Header(head, "Upload-Offset"));
        using var rest = await Patch(address, files.Ciphertext[50..], 50);
        Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        Assert.Equal("received", State(files));
    }

    [Fact]
    public async Task What_was_whole_and_not_settled_when_the_program_was_killed_is_settled_at_the_start()
    {
        var files = Sealed();
        await Send(Stem + ".manifest.p7s", files.Signature);
        await Send(Stem + ".manifest.json", files.Manifest);
        using var created = await Create(Stem + ".age", files.Ciphertext.Length);
        var id = created.Headers.Location!.ToString().Split('/')[^1];
        File.WriteAllBytes(_office.Home.At("uploads", id), files.Ciphertext);
        File.WriteAllBytes(_office.Home.At("uploads", new string('a', 32)), [1]); // of a row that was never written
        await Restart();
        Assert.Equal("received", State(files));
        Assert.Empty(Directory.GetFiles(_office.Home.At("uploads")));
    }

    [Theory]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The protocol demands it.")]
    [InlineData("sha256", true)]
    [InlineData("sha1", true)]
    [InlineData("md5", false)]
    public async Task A_piece_is_checked_by_its_sum_and_nothing_of_a_wrong_one_is_kept(string algorithm, bool known)
    {
        var files = Sealed();
        using var created = await Create(Stem + ".manifest.p7s", files.Signature.Length);
        var address = created.Headers.Location!.ToString();
        using var wrong = await Patch(address, files.Signature, 0, $"{algorithm} {Convert.ToBase64String(new byte[algorithm == "sha1" ? 20 : 32])}");
        Assert.Equal(known ? 460 : 400, (int)wrong.StatusCode);
        using var head = await Head(address);
        Assert.Equal("0", Header(head, "Upload-Offset"));
        if (!known) return;
        using var right = await Patch(address, files.Signature, 0, $"{algorithm} {Convert.ToBase64String(algorithm == "sha1" ? SHA1.HashData(files.Signature) : SHA256.HashData(files.Signature))}");
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
    }

    [Fact]
    public async Task The_protocol_s_refusals_are_those_it_names()
    {
        using var offer = await _http.SendAsync(new(HttpMethod.Options, "/tus/2023-2"));
        Assert.Equal(("1.0.0", "creation,expiration,termination,checksum"), (Header(offer, "Tus-Version"), Header(offer, "Tus-Extension")));
        using var created = await Create(Stem + ".manifest.p7s", 100);
        var address = created.Headers.Location!.ToString();
        Assert.True(DateTimeOffset.TryParse(Header(created, "Upload-Expires"), CultureInfo.InvariantCulture, out var expires) && expires > _office.Clock.Now);
        Assert.Equal(HttpStatusCode.Conflict, (await Patch(address, new byte[10], 5)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Patch(address, new byte[101], 0)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Patch(address, new byte[10], 0, type: "text/plain")).StatusCode);
        using var old = new HttpRequestMessage(HttpMethod.Head, address) { Headers = { { "Tus-Resumable", "0.2.2" } } };
        _http.DefaultRequestHeaders.Remove("Tus-Resumable");
        using var refused = await _http.SendAsync(old);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "1.0.0"), (refused.StatusCode, Header(refused, "Tus-Version")));
    }

    [Fact]
    public async Task A_network_that_takes_only_POST_can_say_the_method_beside_it()
    {
        using var created = await Create(Stem + ".manifest.p7s", 100);
        using var patch = new HttpRequestMessage(HttpMethod.Post, created.Headers.Location) { Content = Piece(new byte[100], "application/offset+octet-stream"), Headers = { { "X-HTTP-Method-Override", "PATCH" }, { "Upload-Offset", "0" } } };
        using var answer = await _http.SendAsync(patch);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task An_upload_can_be_ended_and_one_that_expired_is_gone()
    {
        using var created = await Create(Stem + ".manifest.p7s", 100);
        var address = created.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync(address)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Head(address)).StatusCode);
        using var other = await Create(Stem + ".manifest.p7s", 100);
        _office.Clock.Now += TimeSpan.FromHours(25);
        Assert.Equal(HttpStatusCode.NotFound, (await Head(other.Headers.Location!.ToString())).StatusCode);
        Assert.Single(Directory.GetFiles(_office.Home.At("uploads")));
        new OfficeSiteWork(_office.Home, null, new(), night: null, log: null).Once();
        Assert.Empty(Directory.GetFiles(_office.Home.At("uploads")));
    }

    // ---- how much ----

    [Fact]
    public async Task A_file_may_not_be_larger_than_the_limit_and_a_school_not_send_more_than_its_day()
    {
        var files = Sealed();
        await Restart(new() { SchoolDay = files.Ciphertext.Length + 10 });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Create(Stem + ".age", 65 << 20)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await Create(Stem + ".manifest.json", (64 << 10) + 1)).StatusCode);
        await Deliver(files);
        await Send(Stem + ".manifest.p7s", files.Signature);
        await Send(Stem + ".manifest.json", files.Manifest);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Create(Stem + ".age", files.Ciphertext.Length)).StatusCode);
        _office.Clock.Now += TimeSpan.FromDays(1);
        Assert.Equal(HttpStatusCode.Created, (await Create(Stem + ".age", files.Ciphertext.Length)).StatusCode);
    }

    [Fact]
    public async Task Files_of_nobody_proved_take_no_more_room_than_their_limit()
    {
        await Restart(new() { Unproved = 1000 });
        Assert.Equal(HttpStatusCode.Created, (await Create(Stem + ".manifest.p7s", 900)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Create("99BB00-2023-2-1.manifest.p7s", 200)).StatusCode);
    }

    [Fact]
    public async Task One_client_makes_no_more_requests_than_its_limit()
    {
        await Restart(new() { RequestsPerMinute = 3 });
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.NoContent, (await _http.SendAsync(new(HttpMethod.Options, "/tus/2023-2"))).StatusCode);
        using var fourth = await _http.SendAsync(new(HttpMethod.Options, "/tus/2023-2"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "60"), (fourth.StatusCode, Header(fourth, "Retry-After")));
    }

    [Fact]
    public void Other_computers_reach_it_by_HTTPS_only() =>
        Assert.Throws<ArgumentException>(() => IntakeSite.Build(_office.Home, new IntakePlace { Urls = "http://0.0.0.0:0" }));

    // ---- an objection made after sending ----

    [Fact]
    public async Task A_signed_objection_is_received_unopened_and_an_unsigned_one_is_not()
    {
        byte[] content = [1, 2, 3, 4];
        var name = "99AA00-withdrawal-0123456789abcdef";
        Assert.Equal("refused-signature", await Refused(name + ".age", content));
        await Send(name + ".p7s", Signature.Sign(content, _school.Key, _office.Clock.Now));
        await Send(name + ".age", content);
        var kept = Assert.Single(Withdrawals.All(_office.Home));
        Assert.Equal((WithdrawalState.Received, FileDigest.Of(content).Sha256), (kept.State, kept.About));
    }

    (byte[] Manifest, byte[] Signature, byte[] Ciphertext) Sealed(int sequence = 1) => _office.Sealed(_school, [SmallOffice.Grown(Child.Of(1), 4, 10)], sequence);

    string? State((byte[] Manifest, byte[] Signature, byte[] Ciphertext) files) =>
        _office.Home.Database.ReadOne<string>("SELECT state FROM deliveries WHERE ciphertext = @sha256", new { sha256 = FileDigest.Of(files.Ciphertext).Sha256 });

    async Task Deliver((byte[] Manifest, byte[] Signature, byte[] Ciphertext) files, string stem = Stem, Func<string, byte[], Task>? after = null)
    {
        foreach (var (name, content) in new[] { (stem + ".manifest.p7s", files.Signature), (stem + ".manifest.json", files.Manifest), (stem + ".age", files.Ciphertext) })
        {
            var address = await Send(name, content);
            if (after is not null) await after(address, content);
        }
    }

    async Task<string> Send(string name, byte[] content)
    {
        using var created = await Create(name, content.Length);
        Assert.True(created.StatusCode == HttpStatusCode.Created, $"{name}: {created.StatusCode} {await created.Content.ReadAsStringAsync()}");
        var address = created.Headers.Location!.ToString();
        for (var at = 0; at < content.Length; at += 400)
        {
            using var answer = await Patch(address, content[at..Math.Min(at + 400, content.Length)], at);
            Assert.True(answer.StatusCode == HttpStatusCode.NoContent, $"{name} at {at}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
        return address;
    }

    /// <summary>Sends a file that is refused once it is whole, and is then not known any more.</summary>
    async Task<string> Refused(string name, byte[] content)
    {
        using var created = await Create(name, content.Length);
        using var answer = await Patch(created.Headers.Location!.ToString(), content, 0);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Head(created.Headers.Location!.ToString())).StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    Task<HttpResponseMessage> Create(string name, long bytes, string edition = "2023-2")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/tus/{edition}") { Headers = { { "Upload-Length", Text(bytes) }, { "Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))},kind ZmlsZQ==" } } };
        return _http.SendAsync(request);
    }

    Task<HttpResponseMessage> Head(string address) => _http.SendAsync(new(HttpMethod.Head, address));

    Task<HttpResponseMessage> Patch(string address, byte[] piece, long offset, string? sum = null, string type = "application/offset+octet-stream")
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, address) { Content = Piece(piece, type), Headers = { { "Upload-Offset", Text(offset) } } };
        if (sum is not null) request.Headers.Add("Upload-Checksum", sum);
        return _http.SendAsync(request);
    }

    static ByteArrayContent Piece(byte[] piece, string type) => new(piece) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
