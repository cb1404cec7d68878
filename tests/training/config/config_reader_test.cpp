// SPDX-License-Identifier: Apache-2.0
#include "tests/support/temporary_folder.h"
#include "training/config/config_reader.h"

#include <gmock/gmock.h>

#include <string>

namespace gesture::training {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

ConfigReader reader(std::string_view yaml) {
    auto parsed = ConfigReader::parse(yaml, "train.yaml");
    EXPECT_TRUE(parsed.ok()) << (parsed.ok() ? "" : parsed.error().message());
    return std::move(parsed).value();
}

std::string refusalOf(std::string_view yaml) {
    const auto parsed = ConfigReader::parse(yaml, "train.yaml");
    return parsed.ok() ? "" : parsed.error().message();
}

std::string errorOf(const ConfigReader& config) {
    const Status status = config.finish();
    return status.ok() ? "" : status.error().message();
}

TEST(ConfigReader, AnswersWhatTheTextSaysAndDefaultsElse) {
    ConfigReader config = reader("stage: echomask\nrate: 5e-5\nlayers: [1, 2]\n"
                                 "data:\n  folder: \"a b\"\n  shuffle: false\n");
    EXPECT_EQ(config.choice("stage", {"semtalk_base", "echomask"}), "echomask");
    EXPECT_EQ(config.number("rate", 1.0, {0, 1}), 5e-5);
    EXPECT_THAT(config.counts("layers", {}), ElementsAre(1, 2));
    ConfigReader data = config.section("data");
    EXPECT_EQ(data.text("folder", ""), "a b");
    EXPECT_FALSE(data.flag("shuffle", true));
    EXPECT_EQ(data.count("workers", 3), 3);
    EXPECT_FALSE(config.section("log").has("every"));
    EXPECT_EQ(errorOf(config), "");
}

TEST(ConfigReader, ATypingMistakeIsNamedWithItsLineAndTheNearestKey) {
    ConfigReader config = reader("stage: a\noptimiser:\n  rate: 1\n  wieght_decay: 2\n");
    (void)config.text("stage", "");
    ConfigReader optimiser = config.section("optimiser");
    (void)optimiser.number("rate", 0);
    (void)optimiser.number("weight_decay", 0);
    EXPECT_THAT(errorOf(config),
                AllOf(HasSubstr("'train.yaml' line 4"), HasSubstr("'optimiser.wieght_decay'"),
                      HasSubstr("Did you mean 'weight_decay'?")));
}

TEST(ConfigReader, AKeyThatResemblesNoneListsTheKnownOnes) {
    ConfigReader config = reader("zzzzzzzz: 1\n");
    (void)config.number("rate", 0);
    (void)config.flag("deterministic", false);
    EXPECT_THAT(errorOf(config), HasSubstr("Known are: rate, deterministic."));
}

TEST(ConfigReader, ValuesOfAnotherKindAreRefusedWithTheirLine) {
    const auto refused = [](std::string_view yaml, auto ask) {
        ConfigReader config = reader(yaml);
        ask(config);
        return errorOf(config);
    };
    EXPECT_THAT(refused("\nrate: fast", [](auto& c) { (void)c.number("rate", 1); }),
                AllOf(HasSubstr("line 2"), HasSubstr("'rate' must be a number, not 'fast'")));
    EXPECT_THAT(refused("rate: .nan", [](auto& c) { (void)c.number("rate", 1); }),
                HasSubstr("must be a number"));
    EXPECT_THAT(refused("rate: nan", [](auto& c) { (void)c.number("rate", 1); }),
                HasSubstr("must be a number"));
    EXPECT_THAT(refused("n: 1.5", [](auto& c) { (void)c.count("n", 1); }),
                HasSubstr("must be a whole number of at least 0"));
    EXPECT_THAT(refused("n: 99999999999999999999", [](auto& c) { (void)c.count("n", 1); }),
                HasSubstr("must be a whole number"));
    EXPECT_THAT(refused("on: yes", [](auto& c) { (void)c.flag("on", false); }),
                HasSubstr("must be true or false"));
    EXPECT_THAT(refused("s: [a]", [](auto& c) { (void)c.text("s", ""); }),
                HasSubstr("must be a line of text, not a list"));
    EXPECT_THAT(refused("s: c",
                        [](auto& c) {
                            (void)c.choice("s", {"a", "b"});
                        }),
                HasSubstr("must be one of a, b, not 'c'"));
    EXPECT_THAT(refused("l: [1, x]", [](auto& c) { (void)c.counts("l", {}); }),
                HasSubstr("must be a list of whole numbers"));
    EXPECT_THAT(refused("d: 3", [](auto& c) { (void)c.section("d"); }),
                HasSubstr("must be keys with values"));
    EXPECT_THAT(refused("n:", [](auto& c) { (void)c.count("n", 1); }), HasSubstr("not nothing"));
}

TEST(ConfigReader, NumbersOutOfBoundsAreRefusedAndTheDefaultIsAnswered) {
    ConfigReader config = reader("rate: 2\nn: -1\n");
    EXPECT_EQ(config.number("rate", 0.5, {0, 1}), 0.5);
    EXPECT_EQ(config.count("n", 7), 7);
    EXPECT_THAT(errorOf(config), HasSubstr("'rate' must be a number from 0 to 1, not '2'"));
}

TEST(ConfigReader, TheFirstFaultIsKept) {
    ConfigReader config = reader("a: x\nb: y\n");
    (void)config.count("a", 1);
    (void)config.section("s").count("b", 1);
    config.refuse("b", "too late.");
    EXPECT_THAT(errorOf(config), HasSubstr("'a' must be"));
}

TEST(ConfigReader, ACallerCanRefuseAValue) {
    ConfigReader config = reader("data:\n  folder: /nowhere\n");
    ConfigReader data = config.section("data");
    (void)data.text("folder", "");
    data.refuse("folder", "there is no such folder.");
    EXPECT_EQ(errorOf(config), "'train.yaml' line 2: 'data.folder': there is no such folder.");
}

std::string askAll(ConfigReader& config) {
    (void)config.text("name", "plain \"quoted\" \\ #:");
    (void)config.number("rate", 0.1 + 0.2);
    (void)config.number("tiny", 1e-300);
    (void)config.count("steps", std::int64_t{1} << 60);
    (void)config.counts("layers", {3, 1});
    (void)config.counts("none", {});
    (void)config.texts("speakers", {"a, b", "c"});
    ConfigReader deep = config.section("outer").section("inner");
    (void)deep.flag("on", true);
    (void)deep.choice("kind", {"adam", "adamw"});
    (void)config.section("empty");
    EXPECT_EQ(errorOf(config), "");
    return config.complete();
}

TEST(ConfigReader, TheCompleteTextAnswersTheSameQuestionsAlike) {
    ConfigReader first = reader("outer:\n  inner:\n    kind: adamw\n");
    const std::string complete = askAll(first);
    ConfigReader second = reader(complete);
    EXPECT_EQ(askAll(second), complete);
    EXPECT_THAT(complete, HasSubstr("0.30000000000000004"));
    EXPECT_THAT(complete, HasSubstr("kind: \"adamw\""));
}

TEST(ConfigReader, AnEmptyTextHoldsDefaults) {
    ConfigReader config = reader("");
    EXPECT_EQ(config.complete(), "{}\n");
    EXPECT_EQ(config.count("n", 3), 3);
    EXPECT_EQ(errorOf(reader("# only a remark\n")), "");
}

TEST(ConfigReader, HostileTextsAreRefusedInWords) {
    EXPECT_THAT(refusalOf("a: &x 1\n"), HasSubstr("anchors"));
    EXPECT_THAT(refusalOf("a: &x 1\nb: *x\n"), HasSubstr("anchors"));
    EXPECT_THAT(refusalOf("b: *x\n"), HasSubstr("train.yaml"));
    EXPECT_THAT(refusalOf("a: !!binary aaaa\n"), HasSubstr("tags"));
    EXPECT_THAT(refusalOf("a: 1\na: 2\n"), HasSubstr("line 2: 'a' occurs twice"));
    EXPECT_THAT(refusalOf("a: 1\n---\nb: 2\n"), HasSubstr("second document"));
    EXPECT_THAT(refusalOf("[1, 2]\n"), HasSubstr("keys with values"));
    EXPECT_THAT(refusalOf("? [a, b]\n: 1\n"), HasSubstr("plain name"));
    EXPECT_THAT(refusalOf("a: [1, 2\n"), HasSubstr("not valid YAML"));
    EXPECT_THAT(refusalOf("a: \xff\n"), HasSubstr("UTF-8"));
    EXPECT_THAT(refusalOf(std::string("a: \0b\n", 6)), HasSubstr("UTF-8"));
    EXPECT_NE(refusalOf("a: " + std::string(100'000, '[')), "");
    EXPECT_NE(refusalOf("a: " + std::string(100'000, '{')), "");
    std::string deep;
    for (int i = 0; i < 500; ++i)
        deep += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
    EXPECT_THAT(refusalOf(deep), HasSubstr("more than 16 levels"));
    EXPECT_THAT(refusalOf(std::string(std::size_t{2} << 20, ' ')), HasSubstr("longer than 1024"));
    std::string many = "a: [";
    for (int i = 0; i < 30'000; ++i)
        many += "1,";
    EXPECT_THAT(refusalOf(many + "]"), HasSubstr("more than 20000 values"));
}

TEST(ConfigReader, SixteenLevelsAreRead) {
    std::string yaml = "a: " + std::string(15, '[') + std::string(15, ']');
    EXPECT_EQ(refusalOf(yaml), "");
    yaml = "a: " + std::string(16, '[') + std::string(16, ']');
    EXPECT_NE(refusalOf(yaml), "");
}

TEST(ConfigReader, AFileThatIsNotThereIsNamed) {
    const test::TemporaryFolder folder;
    const auto opened = ConfigReader::open(folder / "absent.yaml");
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code(), ErrorCode::NotFound);
    EXPECT_THAT(opened.error().message(), HasSubstr("absent.yaml"));
}

} // namespace
} // namespace gesture::training
