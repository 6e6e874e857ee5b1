using System.Runtime.CompilerServices;

// What is said of a pair is tested word for word.
[assembly: InternalsVisibleTo("Groeilijn.Tests")]
