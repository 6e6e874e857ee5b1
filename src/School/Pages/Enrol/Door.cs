using Groeilijn.Education;

namespace Groeilijn.School.Pages;

/// <summary>
/// The way into a school's home: open when the folder holds one, and empty until the first page made it. There is one home for as long as
/// the program runs.
/// </summary>
public sealed class Door : IDisposable
{
    readonly Lock _lock = new();
    readonly string _folder;
    volatile SchoolHome? _home;

    /// <summary>The door of a folder; no folder is made yet.</summary>
    public Door(string folder, TimeProvider clock) => (_folder, Clock, _home) = (folder, clock, SchoolHome.TryOpen(folder, clock));

    /// <summary>The door of a home that is open already.</summary>
    public Door(SchoolHome home) => (_folder, Clock, _home) = (home.Folder, home.Clock, home);

    /// <summary>The home; null until the school was enrolled.</summary>
    public SchoolHome? Home => _home;

    internal TimeProvider Clock { get; }

    internal string Folder => Path.GetFullPath(_folder);

    /// <summary>Makes the home, its keys and <c>enrolment.json</c>.</summary>
    internal Outcome<SchoolHome> Enrol(SchoolLocation location, string name)
    {
        lock (_lock)
        {
            if (_home is not null) return Refusals.EnrolledAlready;
            try
            {
                Enrolment.Make(_folder, new SchoolProfile(location, name), Clock);
                return (_home = SchoolHome.TryOpen(_folder, Clock))!;
            }
            catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
            {
                return Refusals.NoFolder;
            }
        }
    }

    /// <summary>Closes the home.</summary>
    public void Dispose() => _home?.Dispose();
}
