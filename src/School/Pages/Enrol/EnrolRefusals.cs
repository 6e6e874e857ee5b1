namespace Groeilijn.School;

static partial class Refusals
{
    public static readonly Refusal EnrolledAlready = new("In deze map is al een school ingeschreven.", "A school is enrolled in this folder already.", "Ga naar het begin en werk daar verder.", "Go to the start and work on from there.");
    public static readonly Refusal NoFolder = new("De map van het programma kan niet worden gemaakt of beschreven.", "The program's folder cannot be made or written.", "Controleer of er ruimte is op de schijf en of u in deze map mag schrijven. Vraag het anders aan wie uw computer beheert.", "Check that the disk has room and that you may write in this folder. If not, ask whoever looks after your computer.");
}
