// SPDX-License-Identifier: Apache-2.0
#include "app/studio/training/config_editor.h"

#include "app/studio/theme/icons.h"
#include "app/studio/theme/style_sheet.h"

#include <QPaintEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QTextBlock>

#include <algorithm>

namespace gesture::app {

namespace {

constexpr int kMarkRoom = 22;
constexpr int kNumberGap = 12;

} // namespace

/// The margin with the numbers of the lines.
class ConfigEditor::Numbers final : public QWidget {
public:
    explicit Numbers(ConfigEditor& editor)
        : QWidget(&editor)
        , editor_(editor) {}

protected:
    void paintEvent(QPaintEvent* event) override { editor_.paintNumbers(event); }

private:
    ConfigEditor& editor_;
};

/// Keys, numbers and remarks in their colours.
class ConfigEditor::Colours final : public QSyntaxHighlighter {
public:
    Colours(QTextDocument* document, const Theme& theme)
        : QSyntaxHighlighter(document)
        , theme_(&theme) {}

    void setTheme(const Theme& theme) {
        theme_ = &theme;
        rehighlight();
    }

protected:
    void highlightBlock(const QString& text) override {
        static const QRegularExpression keys(QStringLiteral("[A-Za-z_][A-Za-z0-9_.]*(?=\\s*:)"));
        static const QRegularExpression values(
            QStringLiteral("(?<=[:\\[,\\s])(-?[0-9][0-9.eE+-]*|true|false)(?=[\\s,}\\]]|$)"));
        const auto colour = [&](const QRegularExpression& pattern, const QColor& with) {
            for (auto found = pattern.globalMatch(text); found.hasNext();) {
                const auto match = found.next();
                setFormat(static_cast<int>(match.capturedStart()),
                          static_cast<int>(match.capturedLength()), with);
            }
        };
        setFormat(0, static_cast<int>(text.size()), theme_->tx1);
        colour(values, theme_->hands);
        colour(keys, theme_->upper);
        static const QRegularExpression remark(QStringLiteral("(^|\\s)#.*$"));
        colour(remark, theme_->tx3);
    }

private:
    const Theme* theme_;
};

ConfigEditor::ConfigEditor(const Theme& theme, QWidget* parent)
    : QPlainTextEdit(parent)
    , theme_(&theme)
    , numbers_(new Numbers(*this))
    , colours_(new Colours(document(), theme)) {
    setObjectName(QStringLiteral("code"));
    setAccessibleName(tr("Configuration as text"));
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    setFont(themeFont(12, 400, FontFamily::Mono));
    document()->setDocumentMargin(4);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &ConfigEditor::placeNumbers);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &ConfigEditor::markLines);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect& area, int by) {
        if (by != 0)
            numbers_->scroll(0, by);
        else
            numbers_->update(0, area.y(), numbers_->width(), area.height());
    });
    placeNumbers();
}

ConfigEditor::~ConfigEditor() = default;

void ConfigEditor::setTheme(const Theme& theme) {
    theme_ = &theme;
    colours_->setTheme(theme);
    markLines();
    numbers_->update();
}

int ConfigEditor::numbersWidth() const {
    const auto digits = QString::number(std::max(99, blockCount())).size();
    return kMarkRoom + kNumberGap +
           static_cast<int>(digits) *
               QFontMetrics(themeFont(11, 400, FontFamily::Mono)).horizontalAdvance(u'9');
}

void ConfigEditor::placeNumbers() {
    setViewportMargins(numbersWidth(), 0, 0, 0);
    const QRect area = contentsRect();
    numbers_->setGeometry(area.left(), area.top(), numbersWidth(), area.height());
}

void ConfigEditor::resizeEvent(QResizeEvent* event) {
    QPlainTextEdit::resizeEvent(event);
    placeNumbers();
}

void ConfigEditor::setFault(int line, const QString& sentence) {
    faultLine_ = line;
    setToolTip(line > 0 ? sentence : QString());
    markLines();
    numbers_->update();
}

void ConfigEditor::goToLine(int line) {
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid()) return;
    setTextCursor(QTextCursor(block));
    centerCursor();
    setFocus(Qt::OtherFocusReason);
}

void ConfigEditor::markLines() {
    QList<QTextEdit::ExtraSelection> marks;
    const QTextBlock block = document()->findBlockByNumber(faultLine_ - 1);
    if (faultLine_ > 0 && block.isValid()) {
        QTextEdit::ExtraSelection line;
        line.format.setBackground(withAlpha(theme_->err, 0.16));
        line.format.setProperty(QTextFormat::FullWidthSelection, true);
        line.cursor = QTextCursor(block);
        marks.append(line);
        QTextEdit::ExtraSelection wave;
        wave.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        wave.format.setUnderlineColor(theme_->err);
        wave.cursor = QTextCursor(block);
        const qsizetype colon = block.text().lastIndexOf(QLatin1Char(':'));
        if (colon >= 0)
            wave.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::MoveAnchor,
                                     static_cast<int>(colon) + 2);
        wave.cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
        marks.append(wave);
    }
    setExtraSelections(marks);
}

void ConfigEditor::paintNumbers(QPaintEvent* event) {
    QPainter painter(numbers_);
    painter.fillRect(event->rect(), theme_->bg1);
    painter.setFont(themeFont(11, 400, FontFamily::Mono));
    QTextBlock block = firstVisibleBlock();
    double top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= event->rect().bottom()) {
        const double height = blockBoundingRect(block).height();
        const int number = block.blockNumber() + 1;
        const QRect row(0, static_cast<int>(top), numbers_->width(), static_cast<int>(height));
        if (number == faultLine_) {
            painter.fillRect(row, withAlpha(theme_->err, 0.16));
            painter.drawPixmap(
                row.left() + 6, row.center().y() - 6,
                iconPixmap(QStringLiteral("x-circle-fill"), theme_->err, 13, devicePixelRatioF()));
        }
        painter.setPen(number == faultLine_ ? theme_->err : theme_->tx3);
        painter.drawText(row.adjusted(0, 0, -kNumberGap, 0), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(number));
        top += height;
        block = block.next();
    }
}

} // namespace gesture::app
