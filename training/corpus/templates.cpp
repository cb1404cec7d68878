// SPDX-License-Identifier: Apache-2.0
#include "training/corpus/templates.h"

#include <array>

namespace gesture::training {

namespace {

constexpr std::array<std::string_view, 8> kSubjects = {
    "the {n}", "the {a} {n}", "a {a} {n}",    "my {n}",
    "our {n}", "the {p}",     "some {a} {p}", "a {n} and a {n}"};

constexpr std::array<std::string_view, 16> kPlain = {"{s} {v} the {n} {d}.",
                                                     "{d}, {s} {v} the {a} {n}.",
                                                     "{s} {i} {d}.",
                                                     "{s} {i}, and the {n} was {a}.",
                                                     "They {v} the {n}, and {s} {i}.",
                                                     "He said the {n} was {a}, but the {p} {i}.",
                                                     "It was a {a} {n} with a {a} {n}.",
                                                     "After dinner the {n} {i} {d}.",
                                                     "She {v} the {n} and {v} the {p} {d}.",
                                                     "Many {p} {v} the {a} {n}.",
                                                     "We met {s} {d}.",
                                                     "The {n} of the {n} was {a}.",
                                                     "When the {n} {i}, the {p} {v} the {n}.",
                                                     "The {p} were {a}, but the {n} {i}.",
                                                     "She asked the {n} about the {a} {p}.",
                                                     "In the end {s} {v} the {n}."};

constexpr std::array<std::string_view, 20> kIdioms = {"No one else {i} {d}.",
                                                      "You know, the {n} was {a}.",
                                                      "As long as the {n} was {a}, the {p} {i}.",
                                                      "First of all, {s} {v} the {n}.",
                                                      "Back then the {n} was {a}.",
                                                      "They gave up, and {s} {i} {d}.",
                                                      "The {n} broke down {d}.",
                                                      "The {n} that {i} was {a}.",
                                                      "The {p} got together {d}.",
                                                      "Never mind the {n}, it was {a}.",
                                                      "The {n} was wide awake {d}.",
                                                      "They {v} the {n} at first sight.",
                                                      "For the second time the {n} {i}.",
                                                      "The {n} stood next to the {a} {n}.",
                                                      "There was a {a} {n} {d}.",
                                                      "Before long the {p} {i}.",
                                                      "How are the {p} {d}?",
                                                      "Sooner or later this {n} {i}.",
                                                      "The {n} was open to question.",
                                                      "In no time {s} {v} the {n}."};

const std::array<GestureSentences, 54> kGestures = {{
    {{"big", "huge", "enormous", "giant"},
     {"It was a {w} {n}, and it {i}.", "{s} had a really {w} {n}.", "The {n} looked {w} {d}.",
      "There stood a {w} {n} {d}."}},
    {{"small", "tiny", "little"},
     {"It was only a {w} {n}.", "{s} lived in a {w} {n} {d}.", "They found {w} {p} in the {n}."}},
    {{"wide", "long"}, {"The {n} was very {w} {d}.", "{s} {v} a {w} {n}."}},
    {{"across"}, {"We walked {w} the {n}.", "{s} {i} {w} the {n}."}},
    {{"tall", "high"}, {"The {n} was {w} and {a}.", "{s} stood near a {w} {n}."}},
    {{"up"}, {"The {n} goes {w} {d}.", "Look {w}, said the {n}."}},
    {{"rises"}, {"The {n} {w} {d}.", "In the morning the {n} {w}."}},
    {{"above"}, {"They lived {w} the {n}.", "The {p} were {w} the {n}."}},
    {{"down"}, {"The {n} comes {w} {d}.", "They looked {w} the {n}."}},
    {{"falls"}, {"The {n} {w} {d}.", "In autumn the {n} {w}."}},
    {{"below"}, {"They lived {w} the {n}.", "The {p} were {w} the {n}."}},
    {{"you"}, {"I will tell {w} about the {n}.", "The {n} is for {w}."}},
    {{"your"}, {"They {v} {w} {n} {d}.", "I saw {w} {a} {n}."}},
    {{"me"}, {"He gave the {n} to {w}.", "They told {w} about the {a} {n}."}},
    {{"myself"}, {"I {v} the {n} by {w}.", "I {v} the {a} {n} {w}."}},
    {{"here"}, {"The {n} is {w}, {d}.", "We put the {a} {n} {w}."}},
    {{"this"}, {"They {v} {w} {n} {d}.", "Look at {w} {a} {n}."}},
    {{"there"}, {"The {n} is over {w}.", "Put the {a} {n} {w}, please."}},
    {{"that"}, {"They {v} {w} {n} {d}.", "Look at {w} {a} {n}."}},
    {{"everyone"}, {"{w} {v} the {n}.", "{w} was {a} {d}."}},
    {{"together"}, {"They carried the {n} {w}.", "The {p} sang {w} {d}."}},
    {{"everything"}, {"{w} was {a} {d}.", "{s} {v} {w}."}},
    {{"one"}, {"There is {w} {n} in the {n}.", "They {v} just {w} {n}."}},
    {{"first", "third"}, {"The {w} {n} was {a}.", "The {w} {n} {i} {d}."}},
    {{"two", "three"}, {"We need {w} {p} {d}.", "They bought {w} {a} {p}."}},
    {{"second"}, {"The {w} {n} was {a}.", "The {w} {n} {i} {d}."}},
    {{"no"}, {"{w}, the {n} was not {a}.", "{w}, they {v} the {n}."}},
    {{"never"}, {"{s} {w} {v} the {n}.", "The {n} {w} {i} {d}."}},
    {{"nothing"}, {"They {v} {w} in the {n}.", "{w} was {a} {d}."}},
    {{"yes"}, {"{w}, {s} {v} the {n}.", "{w}, it was {a}."}},
    {{"certainly", "absolutely"}, {"The {n} was {w} {a}.", "{w}, {s} {v} the {n}."}},
    {{"stop", "wait"}, {"Please {w} near the {n}.", "{w}, the {n} is {a}."}},
    {{"maybe", "perhaps"}, {"{w} the {n} was {a}.", "{w}, {s} {i} {d}."}},
    {{"why"}, {"{w} was the {n} so {a}?", "Tell us {w} {s} {i}."}},
    {{"how"}, {"{w} was the {n} {d}?", "Tell us {w} {s} {i}."}},
    {{"idea"}, {"I have an {w} about the {n}.", "It was a {a} {w}, said the {n}."}},
    {{"because"}, {"They {i} {w} the {n} was {a}.", "{s} {i} {w} the {p} {i}."}},
    {{"think"}, {"I {w} the {n} was {a}.", "Do they {w} about the {a} {n}?"}},
    {{"remember"}, {"I {w} the {a} {n}.", "Do they {w} the {n} {d}?"}},
    {{"round"}, {"The {n} was {w} and {a}.", "{s} {v} a {w} {n}."}},
    {{"circle"}, {"The {p} stood in a {w}.", "{s} made a {w} in the {n}."}},
    {{"around"}, {"They walked {w} the {n}.", "{s} {i} {w} the {n}."}},
    {{"back"}, {"They went {w} to the {n}.", "{s} came {w} {d}."}},
    {{"before"}, {"He was {a} {w} dinner.", "{s} {i} {w} the {n}."}},
    {{"next"}, {"The {w} {n} was {a}.", "The {w} {n} {i}."}},
    {{"forward"}, {"We moved {w} {d}.", "The {n} went {w}."}},
    {{"fast", "quickly"}, {"The {n} moved {w} {d}.", "{s} {i} very {w}."}},
    {{"slowly", "gently"}, {"The {n} moved {w} {d}.", "{s} {i} {w}."}},
    {{"love"}, {"The {p} {w} the {n}.", "It was a song of {w}."}},
    {{"heart"}, {"It came from the {w}.", "The {n} has a good {w}."}},
    {{"open"}, {"The {n} was {w} {d}.", "Please {w} the {a} {n}."}},
    {{"between"}, {"It stood {w} the {p}.", "{s} {i} {w} the {p}."}},
    {{"middle"}, {"The {n} was in the {w}.", "{s} stood in the {w} of the {n}."}},
    {{"great", "perfect"}, {"It was a {w} {n}.", "The {n} was {w}, and {s} {i}."}},
}};

} // namespace

std::span<const std::string_view> subjectTemplates() { return kSubjects; }
std::span<const std::string_view> plainTemplates() { return kPlain; }
std::span<const std::string_view> idiomTemplates() { return kIdioms; }
std::span<const GestureSentences> gestureSentences() { return kGestures; }

} // namespace gesture::training
