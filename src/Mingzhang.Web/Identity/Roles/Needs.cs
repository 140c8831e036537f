using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;

namespace Mingzhang.Web.Identity.Roles;

/// <summary>What a route of the console takes; the policy asks for it, the access matrix lists it.</summary>
/// <param name="Can">What its visitor must be let do.</param>
public sealed record Needs(Can Can);

/// <summary>Names what routes need.</summary>
public static class NeedsExtensions
{
    /// <summary>Says what the visitors of these routes must be let do. A console route that says nothing lets nobody in.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Can can)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new Needs(can));
}

/// <summary>The requirement of the console's policy: somebody of the staff, active, with what the route needs.</summary>
public sealed class StaffRequirement : IAuthorizationRequirement;

/// <summary>Answers it. A route without a rule and a member without a row are turned away.</summary>
public sealed class StaffGate(StaffBook staff) : AuthorizationHandler<StaffRequirement>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, StaffRequirement requirement)
    {
        var needs = (context.Resource as HttpContext)?.GetEndpoint()?.Metadata.GetMetadata<Needs>();
        if (needs is not null && context.User.FindFirstValue(ClaimTypes.NameIdentifier) is { } login
            && staff.Find(login)?.May(needs.Can) == true)
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
