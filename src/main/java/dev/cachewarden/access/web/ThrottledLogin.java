package dev.cachewarden.access.web;

import dev.cachewarden.access.LoginSessions;
import dev.cachewarden.access.web.LoginThrottle.Client;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/** Verifies passwords and limits the rate of attempts. */
final class ThrottledLogin implements AuthenticationProvider {

    /** The maximum length of account names, which also limits the stored names. */
    static final int LONGEST_NAME = 64;

    private static final int LONGEST_PASSWORD = 1_000;

    private final AuthenticationProvider passwords;
    private final LoginThrottle throttle;
    private final LoginSessions sessions;

    ThrottledLogin(AuthenticationProvider passwords, LoginThrottle throttle, LoginSessions sessions) {
        this.passwords = passwords;
        this.throttle = throttle;
        this.sessions = sessions;
    }

    /** Thrown without a check of the password after too many failures. */
    static final class TooManyFailuresException extends AuthenticationException {

        private final Duration wait;

        TooManyFailuresException(Duration wait) {
            super("Too many failed sign-ins");
            this.wait = wait;
        }

        Duration waitTime() {
            return wait;
        }
    }

    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        var client = client(attempt);
        var wait = throttle.begin(client);
        if (wait.isPositive()) {
            throw new TooManyFailuresException(wait);
        }
        if (attempt.getName().length() > LONGEST_NAME || length(attempt.getCredentials()) > LONGEST_PASSWORD) {
            throw new BadCredentialsException("The username or password is incorrect");
        }
        try {
            var known = passwords.authenticate(attempt);
            throttle.succeeded(client);
            return known;
        } catch (InternalAuthenticationServiceException e) {
            // The database is unavailable, so no password was checked.
            throttle.withdraw(client);
            throw e;
        }
    }

    private Client client(Authentication attempt) {
        var name = attempt.getName().length() <= LONGEST_NAME
                ? attempt.getName()
                : attempt.getName().substring(0, LONGEST_NAME);
        if (!(attempt.getDetails() instanceof LoginOrigin origin)) {
            return new Client(name, "", null);
        }
        var device = origin.device();
        return new Client(name, origin.address(), device != null && sessions.remembers(name, device) ? device : null);
    }

    private static int length(@Nullable Object password) {
        return password == null ? 0 : password.toString().length();
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return passwords.supports(authentication);
    }
}
