// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/run_charts.h"

#include "app/studio/training/run_texts.h"

#include <QCoreApplication>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace gesture::app {

namespace {

using Runs = std::vector<std::shared_ptr<const RunRecord>>;

QString say(const char* text) { return QCoreApplication::translate("Training", text); }

/// Colours of the curves of one chart, in this order; parts of the body have their own.
QColor Theme::*colourOf(std::size_t index, const std::string& figure) {
    static constexpr std::array<std::pair<const char*, QColor Theme::*>, 4> kParts{
        {{"face", &Theme::face},
         {"upper", &Theme::upper},
         {"hands", &Theme::hands},
         {"lower", &Theme::lower}}};
    for (const auto& [part, colour] : kParts)
        if (figure.find(part) != std::string::npos) return colour;
    static constexpr std::array<QColor Theme::*, 6> kColours{
        &Theme::acc, &Theme::hands, &Theme::takeB, &Theme::face, &Theme::lower, &Theme::upper};
    return kColours[index % kColours.size()];
}

bool higherIsBetter(const std::string& figure) {
    const auto has = [&](const char* part) { return figure.find(part) != std::string::npos; };
    return has("accuracy") || has("auc") || has("perplexity");
}

std::string groupOf(const std::string& figure) { return figure.substr(0, figure.find('.')); }

ChartCurve curveOf(const RunCurve& from, QString name, QColor Theme::*colour) {
    ChartCurve curve;
    curve.name = std::move(name);
    curve.colour = colour;
    curve.marked = from.split == RunSplit::HeldOut;
    curve.steps = from.steps;
    curve.values = from.values;
    return curve;
}

/// Makes charts of curves, each used once.
class Chooser {
public:
    Chooser(const RunRecord& run, const Runs& compared)
        : run_(run)
        , compared_(compared) {}

    void loss() {
        ChartContent chart{say("Loss"), say("lower is better"), {}, {}};
        add(chart, RunSplit::Train, "loss", say("train"), &Theme::acc);
        add(chart, RunSplit::HeldOut, "loss", say("held out"), &Theme::hands);
        addCompared(chart, RunSplit::Train, "loss");
        finish(std::move(chart));
    }

    void selection() {
        if (run_.selection.empty() || run_.selection == "loss") return;
        ChartContent chart{
            say("%1, held out").arg(figureText(run_.selection)), remarkFor(run_.selection), {}, {}};
        add(chart, RunSplit::HeldOut, run_.selection, say("this run"), &Theme::acc);
        addCompared(chart, RunSplit::HeldOut, run_.selection);
        chart.bestStep = static_cast<double>(run_.bestStep);
        finish(std::move(chart));
    }

    /// One figure of training by itself.
    void single(const char* figure, const QString& title, const QString& remark,
                QColor Theme::*colour) {
        ChartContent chart{title, remark, {}, {}};
        add(chart, RunSplit::Train, figure, say("mean of steps"), colour);
        addCompared(chart, RunSplit::Train, figure);
        finish(std::move(chart));
    }

    /// Figures of the same beginning, "loss.values", "loss.velocity".
    void group(RunSplit split, const std::string& group, const QString& title) {
        ChartContent chart{title, remarkFor(group), {}, {}};
        for (const RunCurve& curve : run_.curves) {
            if (curve.split != split || groupOf(curve.name) != group) continue;
            const std::size_t dot = curve.name.find('.');
            const QString name = dot == std::string::npos
                                     ? say("this run")
                                     : figureText(curve.name.substr(dot + 1)).toLower();
            add(chart, split, curve.name, name, colourOf(chart.curves.size(), curve.name));
        }
        if (chart.curves.size() == 1) addCompared(chart, split, group);
        finish(std::move(chart));
    }

    /// `rest` passes this figure of training over.
    void keepForLast(const std::string& figure) { last_.insert(figure); }

    void rest() {
        for (const RunCurve& curve : run_.curves) {
            if (curve.split == RunSplit::Train && last_.contains(curve.name)) continue;
            if (used_.contains({curve.split, curve.name})) continue;
            const std::string name = groupOf(curve.name);
            QString title = name == "loss" ? say("Terms of the loss") : figureText(name);
            if (curve.split == RunSplit::HeldOut) title = say("%1, held out").arg(title);
            group(curve.split, name, title);
        }
    }

    [[nodiscard]] std::vector<ChartContent> take() { return std::move(charts_); }

private:
    static QString remarkFor(const std::string& figure) {
        if (figure.find("ratio") != std::string::npos) return say("1 is right");
        return higherIsBetter(figure) ? say("higher is better") : say("lower is better");
    }

    void add(ChartContent& chart, RunSplit split, const std::string& figure, const QString& name,
             QColor Theme::*colour) {
        const RunCurve* const curve = run_.curve(split, figure);
        if (curve == nullptr || !used_.insert({split, figure}).second) return;
        chart.curves.push_back(curveOf(*curve, name, colour));
    }

    void addCompared(ChartContent& chart, RunSplit split, const std::string& figure) {
        static constexpr std::array<QColor Theme::*, 3> kOthers{&Theme::tx3, &Theme::takeB,
                                                                &Theme::warn};
        for (std::size_t i = 0; i < compared_.size(); ++i) {
            const RunCurve* const curve = compared_[i]->curve(split, figure);
            if (curve == nullptr) continue;
            chart.curves.push_back(
                curveOf(*curve, compared_[i]->name, kOthers[i % kOthers.size()]));
            chart.curves.back().compared = true;
            chart.curves.back().marked = false;
        }
    }

    void finish(ChartContent chart) {
        if (!chart.curves.empty()) charts_.push_back(std::move(chart));
    }

    const RunRecord& run_;
    const Runs& compared_;
    std::set<std::pair<RunSplit, std::string>> used_;
    std::set<std::string> last_;
    std::vector<ChartContent> charts_;
};

} // namespace

std::vector<ChartContent> chartsOf(const RunRecord& run, const Runs& compared) {
    Chooser chooser(run, compared);
    chooser.loss();
    chooser.selection();
    chooser.group(RunSplit::Train, "loss", say("Terms of the loss"));
    chooser.single("gradient", say("Length of the gradient"), {}, &Theme::takeB);
    const std::array<std::pair<const char*, QString>, 3> late{
        {{"learning_rate", say("Learning rate")},
         {"steps_per_second", say("Steps a second")},
         {"data_wait", say("Waiting for data")}}};
    for (const auto& [figure, title] : late)
        chooser.keepForLast(figure);
    chooser.rest();
    for (const auto& [figure, title] : late)
        chooser.single(figure, title, {}, &Theme::lower);
    return chooser.take();
}

std::string curveTable(const Runs& runs) {
    std::string table = "run,split,figure,step,value\n";
    for (const auto& run : runs) {
        for (const RunCurve& curve : run->curves) {
            const char* const split = curve.split == RunSplit::Train ? "train" : "held_out";
            for (std::size_t i = 0; i < curve.steps.size(); ++i)
                table += fmt::format("{},{},{},{},{}\n", run->name.toStdString(), split, curve.name,
                                     curve.steps[i], curve.values[i]);
        }
    }
    return table;
}

} // namespace gesture::app
