using System.Security.Cryptography.X509Certificates;
using Groeilijn.Delivery;

namespace Groeilijn.School;

/// <summary>The one certificate by which this school knows the office. It is given once; what another certificate signed is refused.</summary>
static class PinnedOffice
{
    /// <summary>No record of the office is longer.</summary>
    public const long LongestRecord = 1 << 20;

    /// <summary>The certificate; null while it is not known. Dispose it.</summary>
    public static X509Certificate2? Certificate(SchoolHome home) => File.Exists(PathOf(home)) ? X509Certificate2.CreateFromPem(File.ReadAllText(PathOf(home))) : null;

    /// <summary>Makes a certificate the office's.</summary>
    public static void Pin(SchoolHome home, string pem) => DurableFile.Write(PathOf(home), pem.TrimEnd() + "\n");

    static string PathOf(SchoolHome home) => Path.Combine(home.KeysFolder, "office.cert.pem");
}
