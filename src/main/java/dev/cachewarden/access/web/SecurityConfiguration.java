package dev.cachewarden.access.web;

import dev.cachewarden.access.AccessSettings;
import dev.cachewarden.access.Accounts;
import dev.cachewarden.access.ApiTokens;
import dev.cachewarden.access.AuditTrail;
import dev.cachewarden.access.LoginSessions;
import dev.cachewarden.access.Scope;
import dev.cachewarden.rest.Problem;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Configures the security filters. Users sign in with a form and get a session; scripts send a token. {@link AccessRules} defines the
 * rights.
 */
@Configuration
@EnableConfigurationProperties(AccessSettings.class)
class SecurityConfiguration {

    /** Allows only content of this service: no inline style or script, no data: URL, and no frame. */
    static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static final String PERMISSIONS_POLICY =
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http,
            ApiTokens tokens,
            LoginSessions sessions,
            LoginOutcomes outcomes,
            AuthenticationManager login) {
        var problems = new AccessProblems();
        return http.authenticationManager(login)
                .securityContext(context -> context.securityContextRepository(new SessionContexts(sessions)))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .authorizeHttpRequests(requests -> requests
                        // These dispatches belong to a request that was authorized already.
                        .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .access(byTheRules()))
                .addFilterBefore(new BearerTokenFilter(tokens, problems), CsrfFilter.class)
                .csrf(csrf ->
                        csrf.csrfTokenRepository(new FormTokens()).ignoringRequestMatchers(BearerTokenFilter::hasToken))
                .formLogin(form -> form.loginPage("/login")
                        .authenticationDetailsSource(LoginOrigin::of)
                        .successHandler(outcomes)
                        .failureHandler(outcomes))
                .logout(logout -> logout.addLogoutHandler(outcomes).logoutSuccessUrl("/login?out"))
                .requestCache(cache -> cache.requestCache(new NextPage()))
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

    private static AuthorizationManager<RequestAuthorizationContext> byTheRules() {
        return (caller, context) -> new AuthorizationDecision(allowed(context.getRequest(), caller));
    }

    private static boolean allowed(HttpServletRequest request, Supplier<? extends @Nullable Authentication> callers) {
        var need = AccessRules.need(request);
        if (need == Need.NOTHING) {
            // Authentication would query the database for each style sheet and script.
            return true;
        }
        var caller = callers.get();
        boolean known = caller != null && new AuthenticationTrustResolverImpl().isAuthenticated(caller);
        boolean person = known && !(caller instanceof TokenAuthentication);
        return switch (need) {
            case NOTHING -> true;
            case PERSON -> person;
            case PERSON_ADMIN -> person && has(caller, need.scope());
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
    LoginOutcomes loginOutcomes(Accounts accounts, LoginSessions sessions, AuditTrail trail, InstantSource clock) {
        return new LoginOutcomes(accounts, sessions, trail, new LoginFailures(trail, clock));
    }

    /**
     * Creates the manager without a provider bean. Spring Security would call a provider bean again after a failure, which would then count
     * twice.
     */
    @Bean
    AuthenticationManager login(
            Accounts accounts, LoginSessions sessions, PasswordEncoder encoder, InstantSource clock) {
        var passwords = new DaoAuthenticationProvider(users(accounts));
        passwords.setPasswordEncoder(encoder);
        return new ProviderManager(new ThrottledLogin(passwords, new LoginThrottle(clock), sessions));
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

    /**
     * Allows bytes from 0x80 to 0x9F in header values. The container decodes headers as ISO 8859-1, and branch names in UTF-8 contain such
     * bytes.
     */
    @Bean
    static HttpFirewall httpFirewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> value.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f));
        return firewall;
    }

    /** Responds with {@link Problem#ATTRIBUTE}, which the error page shows. */
    @Bean
    static RequestRejectedHandler requestRejectedHandler() {
        return (request, response, rejected) -> {
            request.setAttribute(Problem.ATTRIBUTE, Problem.of(rejected));
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        };
    }

    @Bean
    static PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }
}
