defmodule Program do
  def grade(score) do
    cond do
      score >= 90 -> "high"
      score >= 50 -> "middle"
      true -> "low"
    end
  end
end
