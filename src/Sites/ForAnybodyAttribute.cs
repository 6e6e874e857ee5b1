namespace Groeilijn.Sites;

/// <summary>On what is answered without a session: style and letters, and the pages on which somebody comes in.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class ForAnybodyAttribute : Attribute;
