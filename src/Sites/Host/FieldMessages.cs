using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Groeilijn.Sites.Host;

/// <summary>What the framework says of a field that it cannot read, in our two languages and without the value.</summary>
sealed class FieldMessages(IHttpContextAccessor accessor) : IConfigureOptions<MvcOptions>
{
    public void Configure(MvcOptions options)
    {
        options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
        var messages = options.ModelBindingMessageProvider;
        messages.SetAttemptedValueIsInvalidAccessor((_, _) => Unreadable);
        messages.SetNonPropertyAttemptedValueIsInvalidAccessor(_ => Unreadable);
        messages.SetUnknownValueIsInvalidAccessor(_ => Unreadable);
        messages.SetNonPropertyUnknownValueIsInvalidAccessor(() => Unreadable);
        messages.SetValueIsInvalidAccessor(_ => Unreadable);
        messages.SetValueMustBeANumberAccessor(_ => Unreadable);
        messages.SetNonPropertyValueMustBeANumberAccessor(() => Unreadable);
        messages.SetValueMustNotBeNullAccessor(_ => Missing);
        messages.SetMissingBindRequiredValueAccessor(_ => Missing);
        messages.SetMissingKeyOrValueAccessor(() => Missing);
        messages.SetMissingRequestBodyRequiredValueAccessor(() => Missing);
    }

    string Unreadable => Say("Dit kan niet worden gelezen. Controleer wat u hebt ingevuld.", "This cannot be read. Check what you filled in.");

    string Missing => Say("Vul dit veld in.", "Fill in this field.");

    string Say(string dutch, string english) => new Speech(accessor).Say(dutch, english);
}
