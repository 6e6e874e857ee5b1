using System.Globalization;
using Groeilijn.Delivery;
using Groeilijn.Office;
using Groeilijn.Tests.Office;

namespace Groeilijn.Tests.Delivery;

/// <summary>Everything that school and office sign, made as they make it, is accepted by <c>openssl cms -verify</c>, and refused when one byte is another.</summary>
public sealed class SignedKindsTests : IDisposable
{
    readonly SmallOffice _office = new();
    readonly Scratch _scratch = new();

    public void Dispose()
    {
        _office.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void Openssl_accepts_every_kind_of_signed_record()
    {
        var school = _office.School("99AA00");
        var round = _office.Open();
        _office.Register(Child.Of(1));
        Dictionary<string, (byte[] Content, byte[] Signature, SigningKey Signer)> kinds = [];

        var files = _office.Sealed(school, [SmallOffice.Grown(Child.Of(1), 4, 10)]);
        kinds["manifest"] = (files.Manifest, files.Signature, school.Key);
        var received = Intake.Receive(_office.Home, files.Manifest, files.Signature, files.Ciphertext).Value!;
        kinds["receipt"] = (received.Receipt, received.Signature, _office.Home.Key);
        var notice = Rounds.NoticeFile(_office.Home, round.Edition);
        kinds["round notice"] = (File.ReadAllBytes(notice), File.ReadAllBytes(Path.ChangeExtension(notice, ".p7s")), _office.Home.Key);
        _office.Home.Database.Write(t => Answers.Give(_office.Home, t, "delivery", "99AA00", received.Manifest.Ciphertext.Sha256, "received"));
        var answer = Answers.To(_office.Home, "99AA00").Single();
        kinds["answer"] = (answer.Answer, answer.Signature, _office.Home.Key);
        Assert.True(_office.Link().Ok);
        var certificate = _office.Destroy().Value!;
        kinds["certificate of destruction"] = (certificate.Certificate, certificate.Signature, _office.Home.Key);
        // A withdrawal has no manifest: the signature is over the sealed bytes.
        var withdrawal = Envelope.Seal("{\"format\":\"groeilijn-withdrawal/1\"}\n"u8, round.Recipient);
        kinds["withdrawal"] = (withdrawal, Signature.Sign(withdrawal, school.Key, _office.Clock.Now), school.Key);

        foreach (var (kind, record) in kinds)
        {
            Assert.True(Openssl(record.Content, record.Signature, record.Signer), kind);
            Assert.False(Openssl([.. record.Content[..^2], (byte)(record.Content[^2] ^ 1), record.Content[^1]], record.Signature, record.Signer), kind);
            Assert.False(Openssl(record.Content, record.Signature, record.Signer == school.Key ? _office.Home.Key : school.Key), kind);
        }
    }

    bool Openssl(byte[] content, byte[] signature, SigningKey signer)
    {
        File.WriteAllBytes(_scratch["content"], content);
        File.WriteAllBytes(_scratch["signature"], signature);
        File.WriteAllText(_scratch["signer.pem"], signer.Certificate.ExportCertificatePem());
        var moment = _office.Clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return Around.Run("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-attime", moment, "-in", _scratch["signature"], "-content", _scratch["content"], "-CAfile", _scratch["signer.pem"], "-out", _scratch["out"]).Code == 0;
    }
}
