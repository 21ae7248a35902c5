package dev.cachewarden.rest;

/** The people behind callers: one person may come with a session and with several API tokens. */
public interface People {

    /** Returns the account of a caller: of an API token the one that made it. A caller without an account is its own. */
    String accountOf(Caller caller);

    /** Whether an account other than this one may approve and start runs. */
    boolean anotherMayPrune(String account);
}
