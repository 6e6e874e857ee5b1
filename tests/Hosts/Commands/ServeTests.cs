using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Groeilijn.School;

namespace Groeilijn.Hosts.Commands;

/// <summary><c>serve</c> lets other computers in only with HTTPS and accounts, and says what is missing before it starts.</summary>
public sealed class ServeTests
{
    [Theory]
    [InlineData("--urls http://0.0.0.0:5000", "alleen in met --network")]
    [InlineData("--urls http://127.0.0.1:5000;http://school.example:5000", "alleen in met --network")]
    [InlineData("--host pc12", "alleen samen met --network")]
    [InlineData("--invite", "alleen samen met --network")]
    [InlineData("--network", "--host NAAM")]
    [InlineData("--network --host pc12", "óf --behind-proxy")]
    [InlineData("--network --host pc12 --certificate x.pem --behind-proxy", "óf --behind-proxy")]
    [InlineData("--network --host pc12 --behind-proxy --urls http://0.0.0.0:80", "alleen op deze computer")]
    [InlineData("--network --host pc12 --certificate x.pem --urls http://0.0.0.0:80", "https://")]
    public void What_would_let_others_in_without_https_or_accounts_is_wrong_use(string typed, string reason)
    {
        using var session = new Session();
        Session.Run(["school", "serve", "--home", session.At("none"), .. typed.Split(' ')]).Refused(reason, exit: 2);
    }

    [Fact]
    public void A_file_without_a_key_and_a_certificate_of_another_name_are_refused()
    {
        using var session = new Session();
        Session.Run("school", "enrol", "--school", "99XX00", "--name", "De Linde", "--home", session.At("home")).Done();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=pc12.school.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var without = session.Write("without.pem", certificate.ExportCertificatePem());
        var with = session.Write("with.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        Ran Serve(string file, string host) => Session.Run("school", "serve", "--network", "--host", host, "--certificate", file, "--home", session.At("home"));
        Serve(without, "pc12.school.example").Refused("geen certificaat met sleutel");
        Serve(with, "pc13.school.example").Refused("niet voor de naam");
        Serve(session.At("nothing.pem"), "pc12.school.example").Refused("kon niet worden gelezen");
        using var read = SchoolNetwork.TryReadCertificate(with);
        Assert.True(read!.HasPrivateKey);
        using var packed = SchoolNetwork.TryReadCertificate(session.Write("with.pfx", certificate.Export(X509ContentType.Pkcs12)));
        Assert.Equal(read.Thumbprint, packed!.Thumbprint);
    }
}
