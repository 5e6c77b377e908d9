"""How the page looks: calm and dense; the one strong colour is for the one main button."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

HERE = Path(__file__).parent
FONTS = (  # found on the reader's machine, never fetched; together they cover all our scripts
    "Noto Sans", "Segoe UI", "Noto Sans Armenian", "Noto Sans Georgian", "Noto Sans Arabic", "Noto Sans Hebrew",
    "DejaVu Sans", "system-ui", "sans-serif",
)  # fmt: skip
STYLES = ("page.css", "editor.css", "tabs.css", "desk.css")


def head(language: str) -> str:
    """Styles, the language of the page and what mends its stream; `css` of gradio would be rewritten on the way."""
    styles = "".join((HERE / name).read_text(encoding="utf-8") for name in STYLES)
    script = (HERE / "stream.js").read_text(encoding="utf-8") + f"document.documentElement.lang = {language!r};"
    return f"<style>{styles}</style><script>{script}</script>"


def theme() -> gr.themes.Base:
    """Calm and dense; the one strong colour is for the one main button."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        spacing_size=gr.themes.sizes.spacing_sm,
        radius_size=gr.themes.sizes.radius_md,
        text_size=gr.themes.sizes.text_md,
        font=[gr.themes.Font(font) for font in FONTS],
        font_mono=[gr.themes.Font(font) for font in ("Noto Sans Mono", "DejaVu Sans Mono", "monospace")],
    ).set(
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="white",
        button_secondary_background_fill="white",
        button_secondary_background_fill_hover="*neutral_100",
        button_secondary_border_color="*neutral_300",
        button_secondary_background_fill_dark="*neutral_800",
        button_secondary_border_color_dark="*neutral_600",
        button_border_width="1px",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_padding="0px",
        input_background_fill="white",
        input_border_width="1px",
        input_border_color="*neutral_300",
        input_background_fill_dark="#141a22",
        body_text_color_subdued="*neutral_500",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        input_border_color_dark="*neutral_600",
    )
