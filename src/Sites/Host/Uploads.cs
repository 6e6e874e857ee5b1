using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Groeilijn.Sites.Host;

/// <summary>
/// Files come in clear and may hold pupils: they are held in memory as a whole, within a limit, and never reach a temporary
/// file. (The framework's habit is to spool what is larger than 64 kB to the disk.)
/// </summary>
static class Uploads
{
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

    /// <summary>Gives a page that takes files its room, and refuses in words what is too large before reading it.</summary>
    internal static Task Limit(HttpContext context, RequestDelegate next)
    {
        var limit = SiteHost.FormLimit;
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesFilesAttribute>() is not null)
        {
            limit = ((SiteOptions)context.RequestServices.GetService(typeof(SiteOptions))!).UploadLimit;
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = limit;
            context.Features.Set<IFormFeature>(new FormFeature(context.Request, Configure(new FormOptions(), limit)));
        }
        return context.Request.ContentLength > limit ? Notice.Write(context, Notice.TooLarge(limit)) : next(context);
    }
}
