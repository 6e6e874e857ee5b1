namespace Groeilijn.Sites;

/// <summary>
/// On the model of a page that answers with a whole document made elsewhere, such as a report of the office. It may have style and pictures of its
/// own inside it, and nothing else: no script, no form, no address outside itself, and no part in this site's session.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShowsDocumentAttribute : Attribute;
