using Groeilijn.Sites;
using Groeilijn.Sites.Parts;

namespace Groeilijn.School.Pages;

/// <summary>The start: where this school is and what comes next.</summary>
public sealed class IndexPage(SchoolHome home) : SitePage
{
    /// <summary>The school's name and code.</summary>
    public string School { get; } = $"{home.Profile.Name} ({home.Profile.Location.Code})";

    /// <summary>The seven steps.</summary>
    public IReadOnlyList<Step> Steps => SchoolSteps.Of(home, Speech, Url);
}
