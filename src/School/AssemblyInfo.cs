using System.Runtime.CompilerServices;

// The vault is shown to seal, and to refuse what was moved or changed.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]

// The pages are shown with a set of fields that no school uses yet.
[assembly: InternalsVisibleTo("Groeilijn.Hosts")]
