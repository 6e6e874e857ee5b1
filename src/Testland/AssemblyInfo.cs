using System.Runtime.CompilerServices;

// The calibration is tested on the children themselves, not on the files.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]
