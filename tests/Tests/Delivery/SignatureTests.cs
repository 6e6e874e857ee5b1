using Groeilijn.Delivery;

namespace Groeilijn.Tests.Delivery;

public class SignatureTests
{
    static readonly byte[] s_content = "{\"format\":\"groeilijn-manifest/1\"}\n"u8.ToArray();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_a_trusted_key_signed_is_accepted(bool withTime)
    {
        using SigningKey key = Signing.Key();
        SignatureCheck check = Signature.Check(s_content, Signature.Sign(s_content, key, withTime ? Signing.Now : null), [key.Certificate], Signing.Now);
        Assert.True(check.Ok);
        Assert.Equal(key.Certificate.RawData, check.Signer.RawData);
    }

    [Fact]
    public void A_signature_of_a_stranger_is_right_but_unknown()
    {
        using SigningKey key = Signing.Key(), other = Signing.Key();
        byte[] signature = Signature.Sign(s_content, other);
        Assert.Equal(SignatureOutcome.UnknownSigner, Signature.Check(s_content, signature, [key.Certificate], Signing.Now).Outcome);
        Assert.Equal(SignatureOutcome.UnknownSigner, Signature.Check(s_content, signature, [], Signing.Now).Outcome);
    }

    [Fact]
    public void Outside_its_years_a_certificate_signs_nothing()
    {
        using SigningKey key = Signing.Key();
        byte[] signature = Signature.Sign(s_content, key);
        Assert.Equal(SignatureOutcome.Expired, Signature.Check(s_content, signature, [key.Certificate], Signing.Until.AddSeconds(1)).Outcome);
        Assert.Equal(SignatureOutcome.NotYetValid, Signature.Check(s_content, signature, [key.Certificate], Signing.From.AddSeconds(-1)).Outcome);
    }

    [Fact]
    public void Changed_content_breaks_it()
    {
        using SigningKey key = Signing.Key();
        byte[] signature = Signature.Sign(s_content, key);
        for (int i = 0; i < s_content.Length; i++)
        {
            byte[] changed = [.. s_content];
            changed[i] ^= 1;
            Assert.Equal(SignatureOutcome.Broken, Signature.Check(changed, signature, [key.Certificate], Signing.Now).Outcome);
        }
    }

    [Fact]
    public void A_damaged_signature_is_never_accepted_for_the_wrong_content_and_never_throws()
    {
        using SigningKey key = Signing.Key();
        byte[] signature = Signature.Sign(s_content, key);
        for (int i = 0; i < signature.Length; i++)
        {
            byte[] changed = [.. signature];
            changed[i] ^= 0x41;
            Assert.False(Signature.Check("other"u8.ToArray(), changed, [key.Certificate], Signing.Now).Ok);
            Signature.Check(s_content, changed, [key.Certificate], Signing.Now);
            Assert.False(Signature.Check(s_content, signature[..i], [key.Certificate], Signing.Now).Ok);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Openssl_verifies_it_with_the_certificate_as_its_only_anchor(bool withTime)
    {
        using Scratch scratch = new();
        using SigningKey key = SigningKey.Create("office", Signing.From.AddYears(-5), Signing.Until);
        key.Save(scratch.Folder, "office");
        File.WriteAllBytes(scratch["manifest.json"], s_content);
        File.WriteAllBytes(scratch["manifest.p7s"], Signature.Sign(s_content, key, withTime ? Signing.Now : null));
        string[] verify = ["cms", "-verify", "-binary", "-inform", "DER", "-in", scratch["manifest.p7s"], "-content", scratch["manifest.json"], "-CAfile", scratch["office.cert.pem"], "-out", scratch["out"]];
        (int code, string output) = Around.Run("openssl", verify);
        Assert.True(code == 0, output);
        Assert.Equal(s_content, File.ReadAllBytes(scratch["out"]));

        File.AppendAllText(scratch["manifest.json"], " ");
        Assert.NotEqual(0, Around.Run("openssl", verify).Code);
    }
}
