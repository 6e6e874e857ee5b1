using System.Runtime.CompilerServices;

// The series is shown to agree with the exact factor, and the quantile regression to be optimal, from within.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]
