using System;
using System.Collections.Generic;
using Cosmos.System.Screens;
using Cosmos.System.Terminals;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Screens;

public sealed class TextScreenTests
{
    private const int Columns = 6;
    private const int Rows = 4;

    private static readonly Cell _blank = new(' ', ConsoleColor.Gray, ConsoleColor.Black);

    [Fact]
    public void What_is_drawn_is_what_was_put_with_the_cursor_inverse() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, Columns - 1], Gen.Int[0, Rows - 1], Gen.Char["ab "])
            .Array[0, 60].Sample(
                steps =>
                {
                    DrawnScreen screen = new(Columns, Rows);
                    FakeSurface model = new(Columns, Rows);
                    foreach ((int kind, int column, int row, char symbol) in steps)
                    {
                        Do(new ScreenSurface(screen), kind, column, row, symbol);
                        Do(model, kind, column, row, symbol);
                        if (kind > 6)
                            AssertSame(model, screen);
                    }
                },
                iter: 100, threads: 1);

    [Fact]
    public void Scrolling_draws_only_cells_that_look_different()
    {
        DrawnScreen screen = new(Columns, Rows);
        screen.CursorVisible = false;
        screen.Put(0, 1, new Cell('x', ConsoleColor.Gray, ConsoleColor.Black));
        screen.Flush();
        screen.Drawn = 0;
        screen.Scroll(_blank);
        screen.Flush();
        Assert.Equal(2, screen.Drawn);
    }

    [Fact]
    public void Drawing_in_parts_ends_with_the_same_picture_whatever_is_put_in_between() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, Columns - 1], Gen.Int[0, Rows - 1], Gen.Char["ab "])
            .Array[0, 60].Sample(
                steps =>
                {
                    DrawnScreen screen = new(Columns, Rows);
                    FakeSurface model = new(Columns, Rows);
                    ScreenSurface surface = new(screen) { Drawing = ScreenDrawing.OnRefresh };
                    foreach ((int kind, int column, int row, char symbol) in steps)
                    {
                        Do(surface, kind, column, row, symbol);
                        Do(model, kind, column, row, symbol);
                        RefreshPart(screen, surface);
                    }

                    surface.Flush();
                    while (!RefreshPart(screen, surface)) ;
                    AssertSame(model, screen);
                },
                iter: 100, threads: 1);

    [Fact]
    public void Text_that_never_stops_does_not_keep_the_last_row_from_being_drawn()
    {
        DrawnScreen screen = new(Columns, Rows);
        screen.Flush();
        ScreenSurface surface = new(screen) { Drawing = ScreenDrawing.OnRefresh };
        surface.Put(0, Rows - 1, new Cell('x', ConsoleColor.Gray, ConsoleColor.Black));
        for (int i = 0; screen.Cells[(0, Rows - 1)].Symbol != 'x'; i++)
        {
            Assert.True(i < Columns * Rows, "the last row has its turn");
            for (int column = 0; column < Columns; column++)
            {
                surface.Put(column, 0,
                    new Cell((char)('a' + i), ConsoleColor.Gray, ConsoleColor.Black));
            }

            surface.Flush();
            RefreshPart(screen, surface);
        }
    }

    [Fact]
    public void A_surface_draws_when_it_is_told_to()
    {
        DrawnScreen screen = new(Columns, Rows);
        screen.Flush();
        screen.Drawn = 0;
        ScreenSurface surface = new(screen) { Drawing = ScreenDrawing.OnRefresh };
        EscapeScreen terminal = new(surface);
        terminal.Write("abc"u8);
        Assert.Equal(0, screen.Drawn);
        surface.Refresh();
        Assert.Equal('b', screen.Cells[(1, 0)].Symbol);
        screen.Drawn = 0;
        surface.Refresh();
        Assert.Equal(0, screen.Drawn);
        surface.Drawing = ScreenDrawing.AtOnce;
        terminal.Write("d"u8);
        Assert.Equal('d', screen.Cells[(3, 0)].Symbol);
    }

    private static bool RefreshPart(DrawnScreen screen, ScreenSurface surface)
    {
        const int Most = 2;
        screen.Drawn = 0;
        bool isDone = surface.RefreshPart(Most);
        Assert.InRange(screen.Drawn, 0, Most);
        return isDone;
    }

    private static void Do(ITextSurface surface, int kind, int column, int row, char symbol)
    {
        switch (kind)
        {
            case < 3:
                surface.Put(column, row, new Cell(symbol, ConsoleColor.Red, ConsoleColor.Black));
                break;
            case 3 when symbol == 'b':
                surface.Fill(row, 0, column, _blank);
                break;
            case 3:
                surface.Scroll(_blank);
                break;
            case < 6:
                surface.MoveCursor(column, row);
                break;
            case 6:
                surface.ShowCursor(symbol == 'a' ? CursorState.Hidden : CursorState.Shown);
                break;
            default:
                surface.Flush();
                break;
        }
    }

    private static void AssertSame(FakeSurface model, DrawnScreen screen)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++)
            {
                Cell cell = model.At(column, row);
                bool isCursor = model.State == CursorState.Shown && model.Cursor == (column, row);
                Assert.Equal(isCursor ? cell.Inverted() : cell, screen.Cells[(column, row)]);
            }
        }
    }

    /// <summary>A screen that remembers what was drawn.</summary>
    private sealed class DrawnScreen(int columns, int rows) : TextScreen(columns, rows)
    {
        internal Dictionary<(int Column, int Row), Cell> Cells { get; } = [];

        internal int Drawn { get; set; }

        public override void Remap(nint memory)
        {
        }

        protected override void Draw(int column, int row, Cell cell)
        {
            Cells[(column, row)] = cell;
            Drawn++;
        }
    }
}
