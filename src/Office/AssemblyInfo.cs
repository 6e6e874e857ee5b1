using System.Runtime.CompilerServices;

// Overwriting in place is shown on a file that a test holds open.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]

// The linking process's own pages take the steps that nobody else may take.
[assembly: InternalsVisibleTo("Groeilijn.Review")]

// The pages are shown in a real browser.
[assembly: InternalsVisibleTo("Groeilijn.Hosts")]

// The office's own matching is measured against the truth of the invented country.
[assembly: InternalsVisibleTo("Groeilijn.Benchmarks")]
