/// Speech from text and sound from uploaded files, made by programs that run as processes:
/// espeak-ng and sox.
///
/// Text and audio reach a program by its input only, never as an argument or a file name; what it
/// gives is bounded in size and time. Implements what `company` wishes for; may use `config`.
@NullMarked
package io.tamas.sound;

import org.jspecify.annotations.NullMarked;
