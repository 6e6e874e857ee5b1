using Groeilijn.Storage;

namespace Groeilijn.Tests.Storage;

public class PostgresAddressTests
{
    [Theory]
    [InlineData("Host=db;Database=office;Username=office;Password=ZZZ-SENTINEL", "no place")]
    [InlineData("Host=db;Database=office", "Username")]
    [InlineData("Database=office;Username=office", "Host")]
    [InlineData("postgres://db/office", "no connection")]
    [InlineData("Host=db;Database=office;Username=office;Colour=red", "no connection")]
    [InlineData("", "Host")]
    public void A_connection_that_will_not_do_is_refused_in_words_that_do_not_repeat_it(string connection, string word)
    {
        var fault = HomeStore.Fault(connection);
        Assert.Contains(word, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("ZZZ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=/var/run/postgresql;Database=office;Username=office")]
    [InlineData("Host=localhost;Port=5433;Database=office;Username=office")]
    public void A_socket_or_this_computer_needs_no_certificate(string connection) =>
        Assert.DoesNotContain("VerifyFull", PostgresAddress.Parse(connection, "office_1").Driver(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Host=db.example;Database=office;Username=office")]
    [InlineData("Host=/var/run/postgresql,db.example;Database=office;Username=office")]
    [InlineData("Host=db.example;Database=office;Username=office;SSL Mode=Disable")]
    public void Over_a_network_the_server_shows_a_certificate_whatever_was_asked(string connection) =>
        Assert.Contains("VerifyFull", PostgresAddress.Parse(connection, "office_1").Driver(), StringComparison.Ordinal);

    [Theory]
    [InlineData("Office")]
    [InlineData("a; DROP SCHEMA public")]
    [InlineData("")]
    [InlineData("1a")]
    public void A_schema_is_a_plain_name(string schema) =>
        Assert.Throws<FormatException>(() => PostgresAddress.Parse("Host=/x;Database=office;Username=office", schema));
}
