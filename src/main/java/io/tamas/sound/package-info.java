/// Speech from text and audio from uploaded files, created by programs that run as processes:
/// espeak-ng and sox.
///
/// Text and audio reach a program by its input only, never as an argument or a file name; its
/// output is bounded in size and time. Implements interfaces of `company`; may use `config`.
@NullMarked
package io.tamas.sound;

import org.jspecify.annotations.NullMarked;
