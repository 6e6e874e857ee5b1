namespace Groeilijn.Sites;

/// <summary>On the model of a page with a file field: its form may be as large as <see cref="SiteOptions.UploadLimit"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TakesFilesAttribute : Attribute;
