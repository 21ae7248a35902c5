package dev.cachewarden.prune.template;

import dev.cachewarden.prune.PolicyInput;

/**
 * A policy to start from.
 *
 * @param id as it stands in addresses and requests
 * @param title a few words
 * @param description what it is for, in a sentence or two
 * @param command what people do by hand instead; empty: there is none
 * @param policy as if somebody had typed it
 */
public record PolicyTemplate(String id, String title, String description, String command, PolicyInput policy) {}
