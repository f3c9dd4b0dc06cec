package io.tamas.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Tests that need a container engine. Without one they are skipped, and the reason is told; with
/// `TAMAS_REQUIRE_ENGINE=1` that is a failure.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EngineCondition.class)
public @interface NeedsEngine {}
