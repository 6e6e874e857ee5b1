using System.Xml;

namespace Groeilijn.School;

/// <summary>
/// Pulls records out of an XML file in whatever order their elements come: a name it does not know is passed over, an element
/// that is empty counts as absent. No DTD, no address outside the file, at most 64 levels deep; a value above 512 characters
/// is not used. What was put up with is noted in the reading.
/// </summary>
sealed class XmlRecords : IDisposable
{
    const int Deepest = 64, LongestValue = 512;
    readonly XmlReader _xml;
    readonly Reading _into;
    readonly char[] _value = new char[LongestValue + 1];

    public XmlRecords(TextReader text, Reading into)
    {
        _into = into;
        _xml = XmlReader.Create(text, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersFromEntities = 1024,
        });
    }

    public int Line => ((IXmlLineInfo)_xml).LineNumber;

    /// <summary>The namespace of the element it stands on.</summary>
    public string Namespace => _xml.NamespaceURI;

    public string Attribute(string name)
    {
        var value = _xml.GetAttribute(name) ?? "";
        var trimmed = value.Trim();
        if (trimmed.Length != value.Length) _into.Bend(Rules.FileValueTrimmed, Line, "@" + name);
        return trimmed.Length <= LongestValue ? trimmed : TooLong(Line, "@" + name);
    }

    public void Dispose() => _xml.Dispose();

    /// <summary>The name of the message: the first element that is not part of a SOAP envelope (1.1 or 1.2). The reader stands on it.</summary>
    public string Root()
    {
        while (Read())
            while (_xml.NodeType == XmlNodeType.Element)
            {
                if (_xml.LocalName is not ("Envelope" or "Header" or "Body")) return _xml.LocalName;
                if (_xml.LocalName == "Header") Pass();
                else break;
            }
        return "";
    }

    /// <summary>
    /// Walks the children of the element it stands on; <paramref name="child"/> returns whether it took the element in.
    /// With the names that the standard has there, a name outside them is noted, and one that comes twice counts once.
    /// </summary>
    public void Children(Func<string, bool> child, string[]? standard = null)
    {
        var (depth, parent, seen) = (_xml.Depth, standard is null ? "" : _xml.LocalName, 0L);
        if (_xml.IsEmptyElement) { Read(); return; }
        Read();
        while (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth != depth)
            if (_xml.NodeType != XmlNodeType.Element) Read();
            else if (standard is not null && !First(standard, parent, ref seen) || !child(_xml.LocalName)) Pass();
        Read();
    }

    /// <summary>Whether the element is one of the standard and the first of its name here.</summary>
    bool First(string[] standard, string parent, ref long seen)
    {
        var index = Array.IndexOf(standard, _xml.LocalName);
        if (index < 0) _into.Bend(Rules.FileUnknownParts, Line, parent);
        else if ((seen & 1L << index) != 0) _into.Bend(Rules.FileRepeatedElement, Line, standard[index]);
        else
        {
            seen |= 1L << index;
            return true;
        }
        return false;
    }

    /// <summary>The text of the element it stands on, trimmed; elements inside it are passed over.</summary>
    public string Text()
    {
        var (depth, line, length) = (_xml.Depth, Line, 0);
        var name = _xml.LocalName;
        if (!_xml.IsEmptyElement)
        {
            Read();
            while (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth != depth)
                if (_xml.NodeType == XmlNodeType.Element) Pass();
                else
                {
                    if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA) length += ReadInto(length);
                    Read();
                }
        }
        Read();
        if (length > LongestValue) return TooLong(line, name);
        var text = _value.AsSpan(0, length).Trim();
        if (text.IsEmpty) _into.Bend(Rules.FileEmptyElements, line, name);
        return text.ToString();
    }

    string TooLong(int line, string column)
    {
        _into.Bend(Rules.FileValueTooLong, line, column);
        return "";
    }

    int ReadInto(int from)
    {
        var length = 0;
        while (from + length < _value.Length && _xml.ReadValueChunk(_value, from + length, _value.Length - from - length) is > 0 and var read) length += read;
        return length;
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
