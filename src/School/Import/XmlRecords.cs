using System.Xml;

namespace Groeilijn.School;

/// <summary>
/// Pulls records out of an XML file in whatever order their elements come: a name it does not know is passed over, an element
/// that is empty counts as absent. No DTD, no address outside the file, at most 64 levels deep, values cut at 512 characters.
/// </summary>
sealed class XmlRecords : IDisposable
{
    const int Deepest = 64, LongestValue = 512;
    readonly XmlReader _xml;
    readonly char[] _value = new char[LongestValue];

    public XmlRecords(Stream stream) => _xml = XmlReader.Create(stream, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1024,
        CloseInput = false,
    });

    public int Line => ((IXmlLineInfo)_xml).LineNumber;

    public string Attribute(string name) => (_xml.GetAttribute(name) ?? "").Trim();

    public void Dispose() => _xml.Dispose();

    /// <summary>The name of the message: the first element that is not part of a SOAP envelope. The reader stands on it.</summary>
    public string Root()
    {
        while (Read())
            if (_xml.NodeType == XmlNodeType.Element)
            {
                if (_xml.LocalName == "Header") Pass();
                else if (_xml.LocalName is not ("Envelope" or "Body")) return _xml.LocalName;
            }
        return "";
    }

    /// <summary>Walks the children of the element it stands on; <paramref name="child"/> returns whether it took the element in.</summary>
    public void Children(Func<string, bool> child)
    {
        var depth = _xml.Depth;
        if (_xml.IsEmptyElement) { Read(); return; }
        Read();
        while (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth != depth)
            if (_xml.NodeType != XmlNodeType.Element) Read();
            else if (!child(_xml.LocalName)) Pass();
        Read();
    }

    /// <summary>The text of the element it stands on, trimmed; elements inside it are passed over.</summary>
    public string Text()
    {
        var depth = _xml.Depth;
        var length = 0;
        if (_xml.IsEmptyElement) { Read(); return ""; }
        Read();
        while (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth != depth)
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) length += ReadInto(length);
            Read();
        }
        Read();
        return new string(_value, 0, length).Trim();
    }

    int ReadInto(int length)
    {
        var free = LongestValue - length;
        return free == 0 ? 0 : _xml.ReadValueChunk(_value, length, free);
    }

    /// <summary>Reads to the end of the file: what is cut off after the last record is cut off all the same.</summary>
    public void Finish()
    {
        while (Read()) { }
    }

    /// <summary>Passes over the element it stands on with all that is in it.</summary>
    void Pass()
    {
        var depth = _xml.Depth;
        if (!_xml.IsEmptyElement)
            do Read(); while (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth != depth);
        Read();
    }

    bool Read()
    {
        var more = _xml.Read();
        if (_xml.Depth > Deepest) throw new FileRefused(Rules.FileTooDeep, Line);
        return more;
    }
}
