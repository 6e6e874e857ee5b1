namespace Groeilijn.Testland;

/// <summary>Names put together from parts. They are there to be left behind at the school.</summary>
static class Names
{
    static readonly string[] s_girls = ["Noor", "Fenna", "Zoë", "Lieke", "Amira", "Sofie", "Jasmijn", "Elif", "Roos", "Maud", "Yara", "Isa", "Tess", "Nienke", "Femke", "Hanna", "Lotte", "Mila", "Saar", "Chloé"];
    static readonly string[] s_boys = ["Daan", "Sem", "Bram", "Yusuf", "Thijs", "Noah", "Mees", "Finn", "Jurre", "Omar", "Luuk", "Joris", "Hugo", "Stijn", "Bas", "Koen", "André", "Teun", "Rayan", "Siem"];
    static readonly string[] s_prefixes = ["van", "de", "van de", "van der", "ten", "el"];
    static readonly string[] s_first = ["Groel", "Hazel", "Wolde", "Bracht", "Linde", "Vosse", "Meers", "Doorn", "Kruis", "Molen", "Zande", "Harke", "Tjal", "Oever", "Brem", "Elder"];
    static readonly string[] s_last = ["stra", "berg", "ink", "mans", "kamp", "sen", "veld", "huizen", "dijk", "ma", "hoven", "broek", "laar", "wijk", "zee", "gaard"];
    static readonly string[] s_schools = ["De Regenboog", "Het Kompas", "De Vlinder", "De Wegwijzer", "Het Palet", "De Boomgaard", "De Springplank", "Het Baken", "De Horizon", "De Kring", "Het Anker", "De Toermalijn"];
    static readonly string[] s_boards = ["Stichting Groenwaard", "Stichting Samenklank", "Vereniging voor Onderwijs, Kruis en Kroon", "Stichting Openluik", "Stichting De Brug", "Stichting Oeverland", "Stichting \"Het Samenspel\"", "Stichting Delta Primair"];

    internal static string Given(bool girl, ref Dice dice) => Pick(girl ? s_girls : s_boys, ref dice);

    internal static string? Prefix(ref Dice dice) => dice.Chance(0.35) ? Pick(s_prefixes, ref dice) : null;

    internal static string Family(ref Dice dice) => Pick(s_first, ref dice) + Pick(s_last, ref dice);

    internal static string School(ref Dice dice) => $"{Pick(s_schools, ref dice)} {Pick(s_first, ref dice)}{Pick(s_last, ref dice)}";

    internal static string Board(Dice dice) => $"{Pick(s_boards, ref dice)} {Pick(s_first, ref dice)}{Pick(s_last, ref dice)}";

    static string Pick(string[] list, ref Dice dice) => list[dice.Below(list.Length)];
}
