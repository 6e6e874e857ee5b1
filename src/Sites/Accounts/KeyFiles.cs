using System.Text;
using System.Xml.Linq;
using Groeilijn.Delivery;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Groeilijn.Sites.Accounts;

/// <summary>The keys of cookies and form tokens in files that only their owner reads, so that who is signed in stays so when the program starts again.</summary>
sealed class KeyFiles(string folder) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal).Select(XElement.Load)] : [];

    public void StoreElement(XElement element, string friendlyName)
    {
        DurableFile.CreateFolder(folder);
        DurableFile.WriteSecret(Path.Combine(folder, friendlyName + ".xml"), Encoding.UTF8.GetBytes(element.ToString()));
    }
}
