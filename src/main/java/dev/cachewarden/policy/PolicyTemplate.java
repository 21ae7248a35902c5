package dev.cachewarden.policy;

/**
 * A template for a new policy.
 *
 * @param id the ID in URLs and requests
 * @param title a few words
 * @param description its purpose, in a sentence or two
 * @param command the equivalent manual command, or empty if there is none
 * @param policy the policy in the form that a user would enter
 */
public record PolicyTemplate(String id, String title, String description, String command, PolicyDocument policy) {}
