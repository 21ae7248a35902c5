package dev.cachewarden.rest;

/** The accounts of callers. One account can send requests with a session and with several API tokens. */
public interface CallerAccounts {

    /**
     * Returns the account of a caller. For an API token, this is the account that created it. A caller without an account counts as its
     * own.
     */
    String accountOf(Caller caller);

    /** Returns whether an account other than this one can approve and start runs. */
    boolean anotherMayPrune(String account);
}
