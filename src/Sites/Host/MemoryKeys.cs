using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Groeilijn.Sites.Host;

/// <summary>The keys of cookies and form tokens live as long as the program and are nowhere on disk.</summary>
sealed class MemoryKeys : IXmlRepository
{
    readonly Lock _lock = new();
    readonly List<XElement> _elements = [];

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock) return [.. _elements.Select(e => new XElement(e))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        lock (_lock) _elements.Add(new XElement(element));
    }
}
