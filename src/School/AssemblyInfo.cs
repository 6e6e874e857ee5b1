using System.Runtime.CompilerServices;

// The vault is shown to seal, and to refuse what was moved or changed.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]
