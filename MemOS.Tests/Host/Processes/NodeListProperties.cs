using System.Collections.Generic;
using System.Linq;
using MemOS.Processes;

namespace MemOS.Tests.Host.Processes;

/// <summary>The line beside a list.</summary>
public sealed class WaitLineProperties
{
    [Fact]
    public void Who_has_waited_longest_is_first_whoever_leaves() =>
        Gen.Int[0, 9].Array[0, 100].Sample(steps =>
        {
            WaitLine<Person> line = default;
            Person[] people = [.. Enumerable.Range(0, 10).Select(_ => new Person())];
            List<Person> expected = [];
            foreach (Person person in steps.Select(step => people[step]))
            {
                if (expected.Remove(person))
                {
                    line.Remove(person);
                }
                else
                {
                    line.Add(person);
                    expected.Add(person);
                }

                Assert.Equal(expected, Walk(line));
            }
        });

    private static IEnumerable<Person> Walk(WaitLine<Person> line)
    {
        for (Person? person = line.First; person is not null; person = person.Next)
        {
            yield return person;
        }
    }

    private sealed class Person : Waiter<Person>;
}
