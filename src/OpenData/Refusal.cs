namespace Groeilijn.OpenData;

/// <summary>Why something was not done: for the reader a sentence and a way on, for a program a code that stays the same.</summary>
/// <param name="Code">For instance <c>table-changed</c>.</param>
/// <param name="What">What is wrong, with file, line and column, never with a value.</param>
/// <param name="Remedy">What to do.</param>
public sealed record Refusal(string Code, string What, string Remedy);
