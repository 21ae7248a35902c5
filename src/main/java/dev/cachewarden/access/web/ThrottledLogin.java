package dev.cachewarden.access.web;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Checks passwords, but not without end. */
final class ThrottledLogin implements AuthenticationProvider {

    private final AuthenticationProvider passwords;
    private final LoginThrottle throttle;

    ThrottledLogin(AuthenticationProvider passwords, LoginThrottle throttle) {
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /** Too many failures; the password was not even looked at. */
    static final class TooManyFailuresException extends AuthenticationException {

        private final Duration wait;

        TooManyFailuresException(Duration wait) {
            super("Too many failures");
            this.wait = wait;
        }

        Duration waitTime() {
            return wait;
        }
    }

    @Override
    public @Nullable Authentication authenticate(Authentication attempt) {
        var address =
                attempt.getDetails() instanceof WebAuthenticationDetails details ? details.getRemoteAddress() : "";
        var name = attempt.getName();
        var wait = throttle.waitTime(name, address);
        if (wait.isPositive()) {
            throw new TooManyFailuresException(wait);
        }
        try {
            var known = passwords.authenticate(attempt);
            throttle.succeeded(name, address);
            return known;
        } catch (BadCredentialsException e) {
            throttle.failed(name, address);
            throw e;
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return passwords.supports(authentication);
    }
}
