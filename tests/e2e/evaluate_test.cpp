// SPDX-License-Identifier: Apache-2.0
#include "core/io/npz.h"
#include "tests/e2e/cli.h"
#include "tests/support/scoped_variable.h"
#include "tests/support/temporary_folder.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace gesture {
namespace {

namespace fs = std::filesystem;

const fs::path kVoice = fs::path(GESTURE_TEST_SOURCE) / "resources" / "demo" / "voice.flac";

std::string textOf(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A body that waves: hands, head and jaw swing; `tempo` tells motions apart.
motion::Clip wavingClip(std::int64_t frames, float tempo, FrameRate rate = {30, 1}) {
    motion::Clip::Data data;
    const auto count = static_cast<std::size_t>(frames);
    data.poses.resize(count * motion::kPoseSize);
    data.translations.resize(count * 3);
    data.rate = rate;
    for (std::size_t i = 0; i < count; ++i) {
        const float phase = static_cast<float>(i) * tempo;
        float* const pose = &data.poses[motion::kPoseSize * i];
        for (const int joint : {3, 6, 9, 12, 13, 14, 15})
            pose[3 * joint + 1] = 0.1F * std::sin(phase + static_cast<float>(joint));
        pose[3 * motion::kLeftShoulder + 2] = -0.8F + 0.5F * std::sin(phase);
        pose[3 * motion::kRightElbow + 1] = 0.8F + 0.6F * std::sin(1.7F * phase);
        pose[3 * motion::kJaw] = 0.1F + 0.1F * std::sin(3.0F * phase);
        pose[1] = 0.05F * std::sin(phase);
        data.translations[3 * i] = 0.02F * std::sin(phase);
        data.translations[3 * i + 1] = 1.3F;
    }
    return motion::Clip::create(std::move(data)).value();
}

class EvaluateCommand : public testing::Test {
protected:
    EvaluateCommand()
        : data_("GESTURE_DATA", (folder_ / "data").string()) {
        for (const char* name : {"generated", "reference", "sound", "empty"})
            fs::create_directories(folder_ / name);
        write("generated/one.npz", wavingClip(464, 0.21F));
        write("reference/one.npz", wavingClip(464, 0.2F));
        write("generated/two.npz", wavingClip(300, 0.17F));
        write("reference/two.npz", wavingClip(310, 0.2F));
        for (const char* name : {"one.flac", "two.flac"})
            fs::copy_file(kVoice, folder_ / "sound" / name);
    }

    void write(const std::string& name, const motion::Clip& clip) {
        ASSERT_TRUE(io::writeMotionFile(folder_ / name, clip).ok()) << name;
    }
    std::string at(const std::string& name) const { return (folder_ / name).string(); }

    test::TemporaryFolder folder_;
    test::ScopedVariable data_;
};

TEST_F(EvaluateCommand, MeasuresPairsByNameAndSaysWhatItCannotMeasure) {
    const auto output = test::runGesture({"evaluate", at("generated"), "--reference",
                                          at("reference"), "--audio", at("sound"), "--json", "-o",
                                          at("metrics.csv"), "-o", at("metrics.json")});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto report = test::jsonLineWith(output, "clips");
    EXPECT_EQ(report["mode"], "paper");
    ASSERT_EQ(report["clips"].size(), 2U);
    EXPECT_EQ(report["clips"][0]["name"], "one");
    EXPECT_EQ(report["all"]["frames"], 764);
    for (const char* key : {"bc", "div", "hand_correlation", "stroke_f1", "wrist_jerk_ratio",
                            "foot_slide", "jaw_correlation"})
        EXPECT_TRUE(report["all"]["metrics"].contains(key)) << key;
    EXPECT_NEAR(report["inPapers"]["bc"].get<double>(),
                10.0 * report["all"]["metrics"]["bc"].get<double>(), 1e-9);
    EXPECT_NE(report["all"]["remarks"]["mse"].get<std::string>().find("10,475"), std::string::npos);
    EXPECT_NE(report["all"]["remarks"]["fgd"].get<std::string>().find("motion_features"),
              std::string::npos);
    EXPECT_NE(report["notes"].dump().find("'two' has 300 frames and its reference 310"),
              std::string::npos);
    const std::string table = textOf(folder_ / "metrics.csv");
    EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 4);
    EXPECT_TRUE(table.starts_with("clip,frames,fgd,bc,"));
    EXPECT_EQ(nlohmann::json::parse(textOf(folder_ / "metrics.json"))["clips"], report["clips"]);
}

TEST_F(EvaluateCommand, ModesDifferWhereTheyShould) {
    const auto measure = [&](const std::string& mode) {
        const auto output = test::runGesture({"evaluate", at("generated/one.npz"), "--reference",
                                              at("reference/one.npz"), "--audio", kVoice.string(),
                                              "--mode", mode, "--json"});
        EXPECT_EQ(output.exitStatus, 0) << output.text;
        return test::jsonLineWith(output, "clips")["all"]["metrics"];
    };
    const auto paper = measure("paper");
    const auto standard = measure("standard");
    const auto tools = measure("evaltools");
    EXPECT_NE(paper["bc"], standard["bc"]);
    EXPECT_NE(paper["bc"], tools["bc"]);
    // Paper mode loses small angles on the way through 6-D rotations.
    EXPECT_NEAR(paper["div"].get<double>(), standard["div"].get<double>(), 0.01);
    EXPECT_LT(tools["div"].get<double>(), paper["div"].get<double>());
}

TEST_F(EvaluateCommand, TheTableIsForPeople) {
    const auto output =
        test::runGesture({"evaluate", at("generated"), "--reference", at("reference")});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    for (const char* words :
         {"2 clips, 764 frames (25.5 s), mode 'paper'", "needs the sound (--audio)", "foot slide",
          "cm/s", "\none ", "not with papers"})
        EXPECT_NE(output.text.find(words), std::string::npos) << words << "\n" << output.text;
}

TEST_F(EvaluateCommand, NamesOfTheScriptsResultsArePaired) {
    fs::create_directories(folder_ / "epoch");
    write("epoch/res_2_scott.npz", wavingClip(200, 0.2F));
    write("epoch/gt_2_scott.npz", wavingClip(200, 0.2F));
    const auto output =
        test::runGesture({"evaluate", at("epoch"), "--reference", at("epoch"), "--json"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto report = test::jsonLineWith(output, "clips");
    ASSERT_EQ(report["clips"].size(), 1U);
    EXPECT_EQ(report["clips"][0]["name"], "2_scott");
    EXPECT_NEAR(report["all"]["metrics"]["hand_correlation"].get<double>(), 1.0, 1e-6);
}

TEST_F(EvaluateCommand, ScoresAreHeldAgainstLabelsAndAttentionAgainstStrokes) {
    fs::create_directories(folder_ / "analysis");
    std::string scores = "token,begin_seconds,end_seconds,first_frame,score,motion\n";
    for (int token = 0; token < 116; ++token)
        scores += fmt::format("{},0,0,{},{},\n", token, 4 * token, token < 30 ? 0.9 : 0.1);
    std::ofstream(folder_ / "analysis" / "semantic.csv") << scores;
    std::string importance = "frame,seconds,upper,fused\n";
    for (int frame = 0; frame < 464; ++frame)
        importance += fmt::format("{},0,0.5,{}\n", frame, frame % 60 < 10 ? 0.5 : 0.01);
    std::ofstream(folder_ / "analysis" / "importance.csv") << importance;
    std::ofstream(folder_ / "labels.txt")
        << "05_iconic_l\t0.0\t3.95\t3.95\t0.5\tround\n01_beat_align\t4.0\t9.0\t5.0\t0.1\n";
    std::ofstream(folder_ / "truth.json")
        << R"({"strokes": [[0, 0.3], [2, 2.3], [4, 4.3], [6, 6.3]]})";
    const auto output = test::runGesture(
        {"evaluate", at("generated/one.npz"), "--reference", at("reference/one.npz"), "--analysis",
         at("analysis"), "--labels", at("labels.txt"), "--strokes", at("truth.json"), "--ceiling",
         at("reference/one.npz"), "--json"});
    ASSERT_EQ(output.exitStatus, 0) << output.text;
    const auto values = test::jsonLineWith(output, "clips")["all"]["metrics"];
    EXPECT_DOUBLE_EQ(values["semantic_auc"].get<double>(), 1.0);
    EXPECT_GT(values["attention_auc"].get<double>(), 0.9);
    EXPECT_TRUE(values.contains("stroke_score"));
}

TEST_F(EvaluateCommand, ExplainsWithoutMotions) {
    const auto output = test::runGesture({"evaluate", "--explain", "--mode", "standard"});
    EXPECT_EQ(output.exitStatus, 0);
    for (const char* words : {"FGD (fgd)", "papers print it times 1e+08", "> standard:",
                              "the velocity cancels out", "looked up 60 frames early"}) {
        std::string flat = output.text;
        for (std::size_t i = 0; (i = flat.find("\n    ", i)) != std::string::npos;)
            flat.replace(i, 5, " ");
        EXPECT_NE(flat.find(words), std::string::npos) << words << "\n" << output.text;
    }
}

TEST_F(EvaluateCommand, BadInputGetsASentenceAndAnExitStatus) {
    const std::vector<float> broken(10 * motion::kPoseSize, std::nanf(""));
    ASSERT_TRUE(io::writeNpz(folder_ / "nan.npz",
                             {{"poses", io::NpyArray::from<float>(broken, {10, motion::kPoseSize})},
                              {"mocap_frame_rate", io::NpyArray::scalar(30.0)}})
                    .ok());
    write("slow.npz", wavingClip(100, 0.2F, {25, 1}));
    write("other.npz", wavingClip(100, 0.2F));
    std::ofstream(folder_ / "bad.npy") << "no numbers";
    std::ofstream(folder_ / "bad.json") << R"({"strokes": [[1, "two"]]})";
    fs::copy_file(kVoice, folder_ / "empty" / "one.flac");
    fs::create_directories(folder_ / "nothing");
    const std::string one = at("generated/one.npz");
    const std::string truth = at("reference/one.npz");
    struct Case {
        std::vector<std::string> arguments;
        int status;
        std::string says;
    };
    const std::vector<Case> cases{
        {{}, 2, "are needed"},
        {{one}, 2, "are needed"},
        {{one, "--reference", truth, "--mode", "legacy"}, 2, "no mode 'legacy'"},
        {{one, "--reference", truth, "-o", at("out.xlsx")}, 2, "out.xlsx"},
        {{at("generated"), "--reference", truth}, 2, "2 motions"},
        {{one, one, "--reference", truth}, 2, "Two motions"},
        {{at("absent.npz"), "--reference", truth}, 1, "There is no motion"},
        {{at("nothing"), "--reference", truth}, 1, "holds no motion"},
        {{one, "--reference", at("absent")}, 1, "There is no reference"},
        {{at("other.npz"), "--reference", at("reference")}, 1, "for 'other'"},
        {{at("generated"), "--reference", at("reference"), "--audio", at("empty")}, 1, "for 'two'"},
        {{at("nan.npz"), "--reference", truth}, 1, "nan.npz"},
        {{at("slow.npz"), "--reference", at("other.npz")}, 1, "25.000 frames"},
        {{one, "--reference", truth, "--mean-velocity", at("bad.npy")}, 1, "bad.npy"},
        {{one, "--reference", truth, "--strokes", at("bad.json")}, 1, "strokes"},
        {{one, "--reference", truth, "--analysis", at("nothing")}, 1, "no analysis of 'one'"},
        {{one, "--reference", truth, "--avatar", at("absent.npz")}, 1, "absent.npz"},
        {{one, "--reference", truth, "-m", at("nothing")}, 1, "nothing"}};
    for (const Case& bad : cases) {
        std::vector<std::string> arguments{"evaluate"};
        arguments.insert(arguments.end(), bad.arguments.begin(), bad.arguments.end());
        const auto output = test::runGesture(arguments);
        EXPECT_EQ(output.exitStatus, bad.status) << output.text;
        EXPECT_NE(output.text.find(bad.says), std::string::npos)
            << "'" << bad.says << "' is not in: " << output.text;
    }
}

} // namespace
} // namespace gesture
