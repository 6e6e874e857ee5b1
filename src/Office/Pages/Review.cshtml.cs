namespace Groeilijn.Office.Pages;

/// <summary>How the review of a round stands, and how to begin it elsewhere.</summary>
public sealed class ReviewPage(OfficeHome home) : RoundPageBase(home)
{
    /// <summary>How it stands.</summary>
    public ReviewStatus? Status => Reviews.Status(Home, Edition);
}
