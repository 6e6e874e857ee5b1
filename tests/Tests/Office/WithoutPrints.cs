using System.Runtime.CompilerServices;
using Groeilijn.Tests.Conventions;
using Groeilijn.Web;

namespace Groeilijn.Tests.Office;

/// <summary>Reports of these tests are page and numbers: starting a printer for every small office would cost more than all the rest. The one office with prints asks for its printer itself.</summary>
static class WithoutPrints
{
    [ModuleInitializer]
    internal static void Off() => Environment.SetEnvironmentVariable(PdfPrinter.Variable, "none");

    /// <summary>The printer of this checkout; null where Typst was not set up.</summary>
    public static PdfPrinter? Printer() => Directory.Exists(Path.Combine(Checkout.Root, ".setup", "typst", "fonts")) ? PdfPrinter.Find(Path.Combine(Checkout.Root, ".setup", "typst")) : null;
}
