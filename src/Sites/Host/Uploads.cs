using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Groeilijn.Sites.Host;

/// <summary>
/// Files come in clear and may hold pupils: they are held in memory as a whole, within a limit, and never reach a temporary
/// file. (The framework's habit is to spool what is larger than 64 kB to the disk.)
/// </summary>
static class Uploads
{
    /// <summary>How many times the limit a refused form may be and still be answered in words.</summary>
    const int Patience = 20;

    /// <summary>A form is buffered in memory to its last byte: the threshold of spooling lies beyond the limit.</summary>
    internal static FormOptions Configure(FormOptions form, int limit)
    {
        form.BufferBody = false;
        form.MemoryBufferThreshold = int.MaxValue;
        form.BufferBodyLengthLimit = limit;
        form.MultipartBodyLengthLimit = limit;
        form.ValueLengthLimit = Math.Min(limit, SiteHost.FormLimit);
        return form;
    }

    /// <summary>Gives a page that takes files its room, and refuses in words what is too large without keeping any of it.</summary>
    internal static async Task Limit(HttpContext context, RequestDelegate next)
    {
        var limit = SiteHost.FormLimit;
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is not null)
        {
            limit = ((SiteOptions)context.RequestServices.GetService(typeof(SiteOptions))!).UploadLimit;
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = limit;
            context.Features.Set<IFormFeature>(new FormFeature(context.Request, Configure(new FormOptions(), limit)));
        }
        if (context.Request.ContentLength > limit)
        {
            await LetPass(context, limit * (long)Patience);
            await Notice.Write(context, Notice.TooLarge(limit));
        }
        else await next(context);
    }

    /// <summary>
    /// Reads what is refused and keeps nothing: a browser sends its whole form before it reads the answer, and shows a broken line in place of the words when
    /// the server hangs up first. What is larger still is hung up on.
    /// </summary>
    static async Task LetPass(HttpContext context, long most)
    {
        if (context.Request.ContentLength > most) return;
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
    }
}
