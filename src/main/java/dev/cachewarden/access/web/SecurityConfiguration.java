package dev.cachewarden.access.web;

import dev.cachewarden.access.AccessSettings;
import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** People come in by a form and a session, scripts by a token; what either may do is told by {@link AccessRules}. */
@Configuration
@EnableConfigurationProperties(AccessSettings.class)
class SecurityConfiguration {

    /** Nothing but what this service sends itself; no inline style or script, no data: address, no frame. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PERMISSIONS_POLICY =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, Accounts accounts, ApiTokens tokens, LoginOutcomes outcomes, ThrottledLogin login) {
        var problems = new AccessProblems();
        return http.authenticationProvider(login)
                .authorizeHttpRequests(requests -> requests
                        // Parts of a request that was let in already.
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .access(byTheRules()))
                .addFilterBefore(new BearerTokenFilter(tokens, problems), CsrfFilter.class)
                .addFilterBefore(new SessionGuard(accounts), CsrfFilter.class)
                .csrf(csrf -> csrf.ignoringRequestMatchers(BearerTokenFilter::hasToken))
                .formLogin(form ->
                        form.loginPage("/login").successHandler(outcomes).failureHandler(outcomes))
                .logout(logout -> logout.addLogoutHandler(outcomes).logoutSuccessUrl("/login?out"))
                .requestCache(cache -> cache.requestCache(pagesOnly()))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .headers(SecurityConfiguration::headers)
                .build();
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicyHeader(policy -> policy.policy(PERMISSIONS_POLICY))
                .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN));
    }

    // Where to go on after the login: pages, and not what a script or a part of a page had asked for.
    private static HttpSessionRequestCache pagesOnly() {
        var cache = new HttpSessionRequestCache();
        cache.setRequestMatcher(request -> request.getMethod().equals("GET")
                && !AccessProblems.fromScript(request)
                && request.getHeader("HX-Request") == null);
        return cache;
    }

    private static AuthorizationManager<RequestAuthorizationContext> byTheRules() {
        return (caller, context) -> new AuthorizationDecision(allowed(context.getRequest(), caller.get()));
    }

    private static boolean allowed(HttpServletRequest request, @Nullable Authentication caller) {
        var need = AccessRules.need(request);
        boolean known = caller != null && new AuthenticationTrustResolverImpl().isAuthenticated(caller);
        return switch (need) {
            case NOTHING -> true;
            case IDENTITY -> known;
            case IMPOSSIBLE -> false;
            case READ, PREVIEW, PRUNE, INGEST, ADMIN -> known && has(caller, need.scope());
        };
    }

    private static boolean has(@Nullable Authentication caller, @Nullable Scope scope) {
        return caller != null
                && scope != null
                && caller.getAuthorities().stream()
                        .anyMatch(authority -> scope.authority().equals(authority.getAuthority()));
    }

    @Bean
    LoginOutcomes loginOutcomes(Accounts accounts, AuditTrail trail) {
        return new LoginOutcomes(accounts, trail);
    }

    @Bean
    ThrottledLogin throttledLogin(Accounts accounts, PasswordEncoder encoder, InstantSource clock) {
        var passwords = new DaoAuthenticationProvider(users(accounts));
        passwords.setPasswordEncoder(encoder);
        return new ThrottledLogin(passwords, new LoginThrottle(clock));
    }

    private static UserDetailsService users(Accounts accounts) {
        return name -> accounts.find(name)
                .map(account -> User.withUsername(account.name())
                        .password(accounts.hash(account.name()))
                        .authorities(account.role().scopes().stream()
                                .map(Scope::authority)
                                .toArray(String[]::new))
                        .build())
                .orElseThrow(() -> new UsernameNotFoundException(name));
    }

    @Bean
    static PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
